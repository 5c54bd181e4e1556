"""A sealed file is read whole and unchanged, or refused: damage, hostile archives, a full disk, two writers."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import subprocess
import sys
import time
import tracemalloc
import zipfile

import numpy as np
import pytest

from groundup.data.disk import write
from groundup.errors import GroundupError, InputError, InputTypeError
from groundup.estimators.archive import PAGE, SEAL, pack, read, unpack

ARRAYS = {
    "coef_": np.array([[0.1, -0.0, 5e-324], [1e308, np.pi, np.nan]]),
    "history_.loss": np.linspace(0, 1, 50, dtype=np.float32),
    "classes_": np.array(["Adelie", "Gentoo"]),
    "count_": np.array(7, dtype=">i4"),
    "columns_": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    "nothing_": np.zeros((0, 3)),
}
PAGE_OF = {"class": "Line", "fitted": {"a": [1, 2.5, None, "é", True]}}


def seal(body: bytes) -> bytes:
    return body + hashlib.sha256(body).hexdigest().encode()


def archive_of(members, compression=zipfile.ZIP_STORED) -> bytes:
    """A sealed archive of any (name, bytes) pairs: a hostile author can make a valid seal too."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
        archive.comment = b"0" * SEAL
    return seal(out.getvalue()[:-SEAL])


def npy(header: str, data: bytes = b"") -> bytes:
    text = header.encode("latin1")
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + data


def test_every_bit_comes_back():
    page, arrays = unpack(pack(PAGE_OF, ARRAYS))
    assert page == PAGE_OF
    assert list(arrays) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert arrays[name].tobytes() == array.tobytes()
        assert (arrays[name].dtype, arrays[name].shape) == (array.dtype, array.shape)
        assert arrays[name].flags.writeable


def test_the_same_content_gives_the_same_bytes():
    assert pack(PAGE_OF, ARRAYS) == pack(PAGE_OF, ARRAYS)


@pytest.mark.parametrize("array", [np.array([None]), np.array(["2020-01-01"], "M8[D]"), np.zeros(1, [("x", float)])])
def test_what_could_not_be_read_back_is_not_written(array):
    with pytest.raises(InputTypeError, match="a_ cannot be saved"):
        pack({}, {"a_": array})


def test_numpy_reads_it_too(tmp_path):
    write(tmp_path / "m.npz", pack(PAGE_OF, ARRAYS))
    with np.load(tmp_path / "m.npz", allow_pickle=False) as loaded:
        assert loaded["coef_"].tobytes() == ARRAYS["coef_"].tobytes()


def test_a_thousand_mutations_are_all_refused():
    """Flipped bits, cuts, appended and removed bytes, two parts swapped: SHA-256 sees each of them."""
    good = pack(PAGE_OF, ARRAYS)
    rng = np.random.default_rng(0)
    for number in range(1000):
        bad = bytearray(good)
        place = int(rng.integers(len(bad)))
        match number % 5:
            case 0:
                bad[place] ^= 1 << int(rng.integers(8))
            case 1:
                del bad[place:]
            case 2:
                bad += rng.bytes(int(rng.integers(1, 100)))
            case 3:
                del bad[place : place + int(rng.integers(1, 100))]
            case _:
                other = int(rng.integers(len(bad) - 40))
                bad[other : other + 40], bad[-40:] = bad[-40:], bad[other : other + 40]
        if bytes(bad) != good:
            with pytest.raises(InputError):
                unpack(bytes(bad))


def test_a_thousand_mutations_with_a_valid_seal_never_crash():
    """Behind the seal the parsers stand on their own: an InputError, or arrays of the sizes that the file holds."""
    good = pack(PAGE_OF, {"a": np.arange(3.0), "b": np.array(["x"])})[:-SEAL]
    rng = np.random.default_rng(1)
    for _ in range(1000):
        bad = bytearray(good)
        for _ in range(int(rng.integers(1, 4))):
            bad[int(rng.integers(len(bad)))] = int(rng.integers(256))
        try:
            _, arrays = unpack(seal(bytes(bad)))
        except GroundupError:
            continue
        assert sum(array.nbytes for array in arrays.values()) <= len(bad)


GOOD_PAGE = (PAGE, b"{}")
BIG = "{'descr': '<f8', 'fortran_order': False, 'shape': (%s), }"
HOSTILE = {
    "a huge shape": [GOOD_PAGE, ("a.npy", npy(BIG % "65536, 65536"))],
    "a product that wraps around": [GOOD_PAGE, ("a.npy", npy(BIG % "4294967296, 4294967296"))],
    "a negative shape": [GOOD_PAGE, ("a.npy", npy(BIG % "-1,", b"12345678"))],
    "a boolean shape": [GOOD_PAGE, ("a.npy", npy(BIG % "2.5,", b"12345678"))],
    "a shape of text": [GOOD_PAGE, ("a.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': 'x'}"))],
    "zero columns of many rows": [GOOD_PAGE, ("a.npy", npy(BIG % "0, 999999999999999999999"))],
    "Python objects": [
        GOOD_PAGE,
        ("a.npy", npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", b"12345678")),
    ],
    "fields": [
        GOOD_PAGE,
        ("a.npy", npy("{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (1,), }", b"12345678")),
    ],
    "a header that is code": [GOOD_PAGE, ("a.npy", npy("__import__('os').system('true')"))],
    "a header of brackets": [GOOD_PAGE, ("a.npy", npy("(" * 9000))],
    "an array cut short": [GOOD_PAGE, ("a.npy", npy(BIG % "3,", b"12345678"))],
    "no array at all": [GOOD_PAGE, ("a.npy", b"hello")],
    "an empty array file": [GOOD_PAGE, ("a.npy", b"")],
    "a path upwards": [GOOD_PAGE, ("../a.npy", b"")],
    "an absolute path": [GOOD_PAGE, ("/etc/a.npy", b"")],
    "a folder": [GOOD_PAGE, ("a/", b"")],
    "a pickle": [GOOD_PAGE, ("a.pkl", b"cos\nsystem\n.")],
    "the page twice": [GOOD_PAGE, GOOD_PAGE],
    "no page": [("a.npy", npy(BIG % "1,", b"12345678"))],
    "10,002 parts": [GOOD_PAGE, *((f"a{number}.npy", b"") for number in range(10_001))],
    "a page of brackets": [(PAGE, b"[" * 100_000)],
    "a page of nested objects": [(PAGE, b'{"a":' * 100_000 + b"1" + b"}" * 100_000)],
    "a key twice": [(PAGE, b'{"a": 1, "a": 2}')],
    "NaN": [(PAGE, b'{"a": NaN}')],
    "Infinity": [(PAGE, b'{"a": -Infinity}')],
    "1e400": [(PAGE, b'{"a": 1e400}')],
    "a number of 10,000 digits": [(PAGE, b'{"a": ' + b"9" * 10_000 + b"}")],
    "a list for a page": [(PAGE, b"[]")],
    "a page that is no text": [(PAGE, b'{"a": "\xff"}')],
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused_fast_and_small(what):
    content = archive_of(HOSTILE[what])
    tracemalloc.start()
    start = time.monotonic()
    try:
        with pytest.raises(InputError) as caught:
            unpack(content, "m.npz")
        assert tracemalloc.get_traced_memory()[1] < 100e6
    finally:
        tracemalloc.stop()
    assert str(caught.value).startswith("m.npz is not a model")
    assert "\n" not in str(caught.value)
    assert time.monotonic() - start < 5


def test_a_zip_bomb_is_refused():
    bomb = archive_of([GOOD_PAGE, ("a.npy", bytes(50_000_000))], zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    with pytest.raises(InputError, match="neither compressed"):
        unpack(bomb)


def test_a_part_that_claims_more_than_the_file_holds_is_refused():
    content = bytearray(archive_of([GOOD_PAGE, ("a.npy", b"12345678")])[:-SEAL])
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 20 : entry + 28] = (1 << 30).to_bytes(4, "little") * 2
    with pytest.raises(InputError, match="larger than the file"):
        unpack(seal(bytes(content)))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello", b"\x93NUMPY", b"\x80\x04pickle"])
def test_what_is_no_model_is_said_so(content):
    with pytest.raises(InputError, match="not a model"):
        unpack(content)


def test_an_ordinary_npz_is_refused(tmp_path):
    np.savez(tmp_path / "x.npz", coef_=np.ones(3))
    with pytest.raises(InputError, match="not a model that can be trusted"):
        unpack(read(tmp_path / "x.npz"))


def test_writing_replaces_whole_and_leaves_nothing_behind(tmp_path):
    write(tmp_path / "m.npz", b"first")
    write(tmp_path / "m.npz", b"second")
    assert (tmp_path / "m.npz").read_bytes() == b"second"
    assert os.listdir(tmp_path) == ["m.npz"]
    assert stat.S_IMODE((tmp_path / "m.npz").stat().st_mode) == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_disk_that_is_full_leaves_the_old_file_and_names_the_path(tmp_path):
    path = tmp_path / "m.npz"
    write(path, b"old")
    script = (
        "import resource, signal, sys; from groundup.data.disk import write\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write(sys.argv[1], bytes(100_000))\n"
        "except OSError as error: print(error.errno, error)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"{errno.EFBIG} ")
    assert str(path) in done.stdout
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["m.npz"]


def test_folders_pipes_and_missing_files(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        write(tmp_path, b"x")
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "none.npz")
    with pytest.raises(InputError):
        read(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="plain file"):
        read(tmp_path / "pipe")
    with pytest.raises(FileNotFoundError, match=r"nowhere.* could not be written"):
        write(tmp_path / "nowhere" / "m.npz", b"x")


def test_two_writers_never_mix(tmp_path):
    """Each file is all of one letter: 2 processes write 100 times each, and every look in between is whole."""
    path = tmp_path / "m.npz"
    script = (
        "import sys; from groundup.data.disk import write\n"
        "for _ in range(100): write(sys.argv[1], sys.argv[2].encode() * 50_000)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script, str(path), letter]) for letter in "ab"]
    looks = 0
    while any(writer.poll() is None for writer in writers):
        if path.exists():
            looks += 1
            assert path.read_bytes() in (b"a" * 50_000, b"b" * 50_000)
    assert looks > 10
    assert [writer.returncode for writer in writers] == [0, 0]
    assert os.listdir(tmp_path) == ["m.npz"]


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_leaves_a_whole_file(tmp_path):
    path = tmp_path / "m.npz"
    content = {letter: pack({"l": letter}, {"a": np.full(200_000, ord(letter), float)}) for letter in "ab"}
    write(path, content["a"])
    script = (
        "import sys, numpy as np; from groundup.data.disk import write; from groundup.estimators.archive import pack\n"
        "two = [pack({'l': l}, {'a': np.full(200_000, ord(l), float)}) for l in 'ab']; print('go', flush=True)\n"
        "while True:\n    for one in two: write(sys.argv[1], one)"
    )
    rng = np.random.default_rng(0)
    for _ in range(30):
        writer = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(float(rng.uniform(0, 0.03)))
        writer.kill()
        writer.wait()
        writer.stdout.close()
        assert path.read_bytes() in content.values()
