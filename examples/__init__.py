"""Small programs that use the project as a library."""
