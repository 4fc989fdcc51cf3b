/** The version of the file format that this build reads. */
export const formatVersion = 1;
