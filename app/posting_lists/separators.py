"""The signs that separate the columns of a text, in sentences. Pure."""

from app.messages import Said, said


def read_as(encoding: str, separator: str) -> Said:
    """How a text was read."""
    match separator:
        case ";":
            return said("{encoding}, separated by semicolons", encoding=encoding)
        case ",":
            return said("{encoding}, separated by commas", encoding=encoding)
        case "\t":
            return said("{encoding}, separated by tabs", encoding=encoding)
        case "|":
            return said("{encoding}, separated by vertical bars", encoding=encoding)
        case _:
            return said("{encoding}, separated by {sign}", encoding=encoding, sign=separator)


def named_otherwise(line: str, separator: str) -> Said:
    """Where the first line names another separator than the one that makes columns."""
    match separator:
        case ";":
            return said("Its first line says '{line}', but semicolons separate the columns.", line=line)
        case ",":
            return said("Its first line says '{line}', but commas separate the columns.", line=line)
        case "\t":
            return said("Its first line says '{line}', but tabs separate the columns.", line=line)
        case _:
            return said("Its first line says '{line}', but vertical bars separate the columns.", line=line)


def quoted_whole(separator: str) -> Said:
    """Of lines that each stood in quotation marks."""
    match separator:
        case ";":
            return said("Its lines stood in quotation marks as a whole; they are separated by semicolons.")
        case ",":
            return said("Its lines stood in quotation marks as a whole; they are separated by commas.")
        case "\t":
            return said("Its lines stood in quotation marks as a whole; they are separated by tabs.")
        case _:
            return said("Its lines stood in quotation marks as a whole; they are separated by vertical bars.")
