// Where the build that is tried out is served.
export const url = process.env.RUHU_URL ?? "http://127.0.0.1:8010/";
