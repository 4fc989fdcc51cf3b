import { fullId, plainName, uuidKey } from '../../../aptest/model/names.ts';

/** A test case under all the names that calls and answers gave it. */
export interface SeenTest {
  id?: string | undefined;
  uuid?: string | undefined;
  outline?: string | undefined;
  readonly fields: Map<string, unknown>;
}

const uuidForm = /^[\dA-F]{8}(?:-[\dA-F]{4}){3}-[\dA-F]{12}$/i;
const outlineForm = /^\d+(?:\.\d+)+$/;

/** Whether a name is a UUID. */
const isUuid = (name: string): boolean => uuidForm.test(name.trim());

/** The test cases of a suite that were named: one test, whether by path, outline number or UUID. */
export class SeenTests {
  readonly #byName = new Map<string, SeenTest>();

  /** The test that a path, an outline number or a UUID names; a new one where nothing of that name was seen. */
  named(name: string): SeenTest {
    const key = keyOf(name);
    const known = this.#byName.get(key);
    if (known) return known;
    const test: SeenTest = { fields: new Map() };
    if (isUuid(name)) test.uuid = uuidKey(name);
    else if (outlineForm.test(name)) test.outline = name;
    else test.id = fullId(name);
    this.#byName.set(key, test);
    return test;
  }

  /** Two names of one test. */
  same(one: string, other: string): SeenTest {
    const [kept, gone] = [this.named(one), this.named(other)];
    if (kept === gone) return kept;
    kept.id ??= gone.id;
    kept.uuid ??= gone.uuid;
    kept.outline ??= gone.outline;
    for (const [field, value] of gone.fields) if (!kept.fields.has(field)) kept.fields.set(field, value);
    for (const name of [one, other, gone.id, gone.uuid, gone.outline]) {
      if (name !== undefined) this.#byName.set(keyOf(name), kept);
    }
    return kept;
  }

  /** Each test once, in the order in which they were met. */
  get all(): readonly SeenTest[] {
    return [...new Set(this.#byName.values())];
  }
}

function keyOf(name: string): string {
  return isUuid(name) ? uuidKey(name) : plainName(name);
}
