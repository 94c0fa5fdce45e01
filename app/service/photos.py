"""Photos of visits, made small enough for old PCs and sticks."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from app.errors import EnvironmentProblem, UserError, os_words

LONGEST_SIDE = 1600  # px


def shrink_photo(path: Path) -> bytes:
    """The photo as JPEG, its longer side at most 1600 px, turned upright, without the camera's place and time data.

    Raises UserError if the file is no picture, EnvironmentProblem if it cannot be read.
    """
    try:
        with Image.open(path) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except UnidentifiedImageError as problem:
        raise UserError(f"“{path.name}”不是能打开的照片。请选 jpg 或 png 照片。") from problem
    except OSError as problem:
        raise EnvironmentProblem(
            f"读不出照片“{path.name}”（{os_words(problem)}）。请检查文件再试。"
        ) from problem
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    content = BytesIO()
    picture.save(content, "JPEG", quality=82)
    return content.getvalue()
