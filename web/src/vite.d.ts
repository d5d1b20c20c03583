// MapLibre's worker file has no types of its own; only its address is used.
declare module '*.mjs?url' {
  const address: string;
  export default address;
}
