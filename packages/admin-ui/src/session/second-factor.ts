export const secondFactorPath = "/api/session/second-factor";
