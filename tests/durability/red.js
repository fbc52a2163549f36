// The form does not do what it must; the run is red.
export class Red extends Error {}

// It does it too late: where the machine was busy, that may be the machine's fault.
export class Late extends Red {}
