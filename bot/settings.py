"""All settings, from the environment or `.env`. The only place that reads either."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from corpus.errors import ConfigurationError


class Settings(BaseSettings):
    """One field a setting; the names of the environment variables stand in `.env.example`."""

    model_config = SettingsConfigDict(env_prefix="CANCU_", env_file=".env", extra="ignore")

    data_dir: Path = Path("data")
    database_url: str = Field(default="", repr=False)
    embedding_model: str = ""
    reranker_model: str = ""
    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api: str = "https://api.telegram.org"
    allowed_users: Annotated[frozenset[int], NoDecode] = frozenset()
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    debug: bool = False

    @field_validator("allowed_users", "admins", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        """Ids with commas between, as people write them."""
        if isinstance(value, str):
            return frozenset(
                int(part) for part in value.replace(";", ",").split(",") if part.strip()
            )
        return value

    @property
    def database_file(self) -> Path:
        """The SQLite file that holds the corpus unless `database_url` names another database."""
        return (self.data_dir / "cancu.db").absolute()


class _TokenSettings(BaseSettings):
    """The token has the name that every Telegram bot gives it, without our prefix."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    telegram_bot_token: SecretStr = SecretStr("")


def load_settings() -> Settings:
    """Read the settings; raises ConfigurationError that names what is wrong."""
    try:
        token = _TokenSettings().telegram_bot_token
        return Settings(telegram_bot_token=token)
    except (ValidationError, ValueError) as error:
        raise ConfigurationError(f"Cấu hình chưa đúng: {_first_problem(error)}") from None


def _first_problem(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "một biến CANCU_… có giá trị không đọc được."
    name = ".".join(str(part) for part in error.errors()[0]["loc"])
    return f"biến CANCU_{name.upper()} có giá trị không đọc được; xem .env.example."
