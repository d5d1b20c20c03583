// The lines over areas without a value, one way for what nobody reported, the other way for what is withheld; and the dots over values
// that are not to be relied on.

import type { LegendState } from '../state/documents';

const SIZE = 16;

/** Diagonal lines on nothing; the tile repeats without a seam. */
export function hatchImage(state: LegendState): ImageData {
  const image = new ImageData(SIZE, SIZE);
  const colour = state.outline ?? '#000000';
  const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const along = state.pattern === 'counterhatch' ? x + y : x - y + SIZE;
      image.data.set([...rgb, along % SIZE < 3 ? 255 : 0], (y * SIZE + x) * 4);
    }
  }
  return image;
}

/** A dark dot in a light ring, seen on every colour. */
export function dotsImage(): ImageData {
  const image = new ImageData(SIZE, SIZE);
  const middle = (SIZE - 1) / 2;
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const far = Math.hypot(x - middle, y - middle);
      const colour = far < 2.4 ? [29, 35, 41, 255] : far < 3.9 ? [255, 255, 255, 255] : [0, 0, 0, 0];
      image.data.set(colour, (y * SIZE + x) * 4);
    }
  }
  return image;
}
