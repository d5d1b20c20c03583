// The lines over areas without a value: one way for what nobody reported, the other way for what is withheld.

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
