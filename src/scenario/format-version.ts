/** The version of the file format that this build reads. */
export const scenarioFormatVersion = 1;
