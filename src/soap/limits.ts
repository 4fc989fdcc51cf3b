/**
 * How much one request may ask of the reader. The numbers come from the list of known attacks
 * (deep nesting, element and attribute floods, reference bombs). The first three are settings of the twin.
 */
export interface SoapLimits {
  /** Levels of nested elements, the Envelope being the first; also the depth of the values behind references. */
  readonly depth: number;
  /**
   * Elements in one request; also its values after every `href` was replaced by its target, so that references cannot
   * say more than what is written out.
   */
  readonly elements: number;
  /** Attributes of one element, namespace declarations included. */
  readonly attributesPerElement: number;
  /** Characters in the name of an element or attribute. */
  readonly nameLength: number;
  /** Entity and character references (`&amp;`, `&#65;`) in one request: reading each costs about 0.25 µs. */
  readonly characterReferences: number;
}

export const DEFAULT_SOAP_LIMITS: SoapLimits = {
  depth: 64,
  elements: 100_000,
  attributesPerElement: 256,
  nameLength: 1_000_000,
  characterReferences: 500_000,
};
