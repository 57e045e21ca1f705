"""Small PNGs of a page: what the browser draws, in at most 256 colours, the same bytes for the same page."""

import base64
import struct
import zlib

# Chromium decodes its own picture and reduces the colours: the most frequent ones are kept, the rest take the nearest.
REDUCE = """async (picture) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, image.width, image.height).data;
  const counts = new Map();
  const keyed = new Uint32Array(pixels.length / 4);
  for (let at = 0; at < keyed.length; at++) {
    const [red, green, blue] = [pixels[4 * at], pixels[4 * at + 1], pixels[4 * at + 2]];
    keyed[at] = (red << 16) | (green << 8) | blue;
    counts.set(keyed[at], (counts.get(keyed[at]) || 0) + 1);
  }
  const palette = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b).slice(0, 256);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const nearest = (colour) => {
    let best = 0, least = Infinity;
    palette.forEach((other, place) => {
      const parts = [16, 8, 0].map((shift) => ((colour >> shift) & 255) - ((other >> shift) & 255));
      const distance = parts.reduce((sum, part) => sum + part * part, 0);
      if (distance < least) { least = distance; best = place; }
    });
    places.set(colour, best);
    return best;
  };
  const indexes = Uint8Array.from(keyed, (colour) => places.get(colour) ?? nearest(colour));
  let binary = "";
  for (let at = 0; at < indexes.length; at += 32768) binary += String.fromCharCode(...indexes.subarray(at, at + 32768));
  return { width: image.width, height: image.height, palette, indexes: btoa(binary) };
}"""


def small_png(window, picture):
    """The bytes of `picture`, a PNG, with a palette; `window` is a page that is about:blank."""
    found = window.evaluate(REDUCE, base64.b64encode(picture).decode())
    width, height = found["width"], found["height"]
    indexes = base64.b64decode(found["indexes"])
    lines = b"".join(b"\0" + indexes[start : start + width] for start in range(0, width * height, width))
    palette = b"".join(colour.to_bytes(3, "big") for colour in found["palette"])
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", palette),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
