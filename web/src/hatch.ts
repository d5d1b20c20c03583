// The hatch of withheld values.

/** Id of its image. */
export const HATCH = 'choro-hatch';

const SIZE = 16;

/** Diagonal lines on nothing; the tile repeats without a seam. */
export function hatchImage(colour: string): ImageData {
  const image = new ImageData(SIZE, SIZE);
  const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const line = (x + y) % SIZE < 3;
      image.data.set([...rgb, line ? 255 : 0], (y * SIZE + x) * 4);
    }
  }
  return image;
}
