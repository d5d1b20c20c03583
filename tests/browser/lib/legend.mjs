// What a legend says about a feature. Written from the legend alone, not from the style.

/** The colour of a feature's value or state, `lo <= value < hi`; outside the classes that of the nearest one. */
export function colourOf(legend, { value, state }) {
  if (value === undefined || value === null) return legend.states.find((entry) => entry.state === state)?.colour;
  if (value === 0 && legend.zero) return legend.zero.colour;
  const found = legend.classes.find((entry, index) => index === legend.classes.length - 1 || value < entry.hi);
  return found?.colour;
}
