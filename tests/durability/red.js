// The form does not do what it must; the run is red.
export class Red extends Error {}
