// What drawing has cost so far, for whoever measures it.

/** Calls of setFeatureState: a change of period costs as many as areas look another way. */
export const drawingCost = { featureStates: 0 };
