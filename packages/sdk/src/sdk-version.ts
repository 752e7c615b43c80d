export const sdkName = "halyard-node";
export const sdkVersion = "0.1.0";
