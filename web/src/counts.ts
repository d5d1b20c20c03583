// What the map has cost so far, for whoever measures it.

/** Calls of setFeatureState: a change of period costs as many as areas look another way. */
export const counts = { featureStates: 0 };
