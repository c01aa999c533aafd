"""The search in a LangChain chain: `.venv/bin/python -m examples.langchain_chain "câu hỏi"`.

Reads the sample documents into a folder of its own, and prints the prompt that a chat model at the
end of the chain would get.
"""

import sys
import tempfile
from pathlib import Path

from langchain_core.documents import Document
from langchain_core.prompt_values import PromptValue
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from bot.bootstrap import SAMPLES, build
from bot.indexing import run_index
from bot.settings import Settings
from bot.terminal_ui.progress import BarProgress
from retrieval.langchain_retriever import CorpusRetriever

QUESTION = "Hộ nghèo được hỗ trợ tối đa bao nhiêu tiền lắp đồng hồ nước?"
PROMPT = ChatPromptTemplate.from_template(
    "Chỉ trả lời từ các đoạn dưới đây, mỗi câu ghi số của đoạn.\n\n{passages}\n\n"
    "Câu hỏi: {question}"
)


def chain(retriever: CorpusRetriever) -> Runnable[str, PromptValue]:
    """Question in, prompt out; put a chat model behind it with `| model`."""
    passages = retriever | RunnableLambda(_numbered)
    return {"passages": passages, "question": RunnablePassthrough()} | PROMPT


def _numbered(documents: list[Document]) -> str:
    return "\n\n".join(
        f"[{i}] {d.metadata['number'] or d.metadata['file']}, mục {d.metadata['section'] or '–'}:\n"
        f"{d.page_content}"
        for i, d in enumerate(documents, 1)
    )


def main(question: str) -> None:
    """Index the samples, run the chain, print the prompt."""
    with tempfile.TemporaryDirectory() as folder:
        parts = build(Settings(data_dir=Path(folder), database_url=""))
        with BarProgress() as progress:
            run_index(parts, [SAMPLES], progress)
        retriever = CorpusRetriever(search=parts.search, store=parts.store, k=3)
        prompt = chain(retriever).invoke(question)
        parts.store.close()
    print(prompt.to_string())


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or QUESTION)
