"""Photos of visits, made small enough for old PCs and sticks."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from app.apart.process import read_apart
from app.errors import EnvironmentProblem, UserError, os_words

LONGEST_SIDE = 1600  # px
MOST_PIXELS = 120_000_000  # opened in full they take 0.5 GB; a JPEG of any size is opened reduced
Image.MAX_IMAGE_PIXELS = None  # ours stands in its place: Pillow's own counts a JPEG before it is reduced
FORMATS = ("JPEG", "PNG", "BMP", "WEBP", "GIF", "TIFF")


@dataclass(frozen=True)
class Photo:
    """A photo as it is kept: its file name and its JPEG, made by `read_photo`."""

    name: str
    content: bytes


def read_photo(path: Path) -> Photo:
    """The photo in a file, read to its last byte and made small, in a process of its own.

    Raises UserError if it is no picture or too large to open, EnvironmentProblem if it cannot be read or is cut off.
    """
    content = read_apart(_target(jpeg_of_file), str(path.absolute()), name=path.name)
    return Photo(path.with_suffix(".jpg").name, content)


def photo_of(name: str, content: bytes) -> Photo:
    """A photo that comes without a file, such as a pasted one, from the bytes of any picture format."""
    return Photo(f"{name}.jpg", read_apart(_target(jpeg_of), name, content, name=name))


def jpeg_of_file(path: str) -> bytes:
    """The picture in a file as a small JPEG. Called in the reading process."""
    return _small(Path(path).name, lambda: Image.open(path, formats=FORMATS))


def jpeg_of(name: str, content: bytes) -> bytes:
    """The picture in `content` as a small JPEG. Called in the reading process."""
    return _small(name, lambda: Image.open(BytesIO(content), formats=FORMATS))


def _target(job: Callable[..., bytes]) -> str:
    return f"{job.__module__}:{job.__name__}"


def _small(name: str, opened: Callable[[], Image.Image]) -> bytes:
    try:
        with opened() as picture:
            return _jpeg(name, picture)
    except UnidentifiedImageError as problem:
        raise UserError(f"“{name}”不是能打开的照片。请选 jpg 或 png 照片。") from problem
    except (OSError, SyntaxError, ValueError) as problem:  # the last two: damaged inside
        cause = os_words(problem) if isinstance(problem, OSError) else "文件已损坏"
        raise EnvironmentProblem(
            f"读不出照片“{name}”（{cause}）。请重新复制一份，或换一张照片。"
        ) from problem
    except MemoryError as problem:
        raise _too_large(name) from problem


def _jpeg(name: str, picture: Image.Image) -> bytes:
    """The picture as JPEG: at most 1600 px on its longer side, upright, without the camera's place and time data."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large(name)
    small = picture if picture.mode == "RGB" else picture.convert("RGB")  # which keeps what the camera wrote
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    content = BytesIO()
    ImageOps.exif_transpose(small).save(content, "JPEG", quality=82)
    return content.getvalue()


def _too_large(name: str) -> UserError:
    return UserError(f"照片“{name}”太大，打不开。请先用看图软件缩小，或发一张截图。")
