/** How far back evaluations are shown. */
export const periods = ["1h", "24h", "7d", "30d"] as const;
export type Period = (typeof periods)[number];
