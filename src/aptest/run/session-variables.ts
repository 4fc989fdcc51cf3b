import { errors } from '../errors.ts';
import { type FieldValue, type FieldValues, own, withOwn } from '../model/value.ts';
import { startingVariables, variableDefault, variableNamed, withDerived } from '../rules/variables.ts';
import { SessionResults } from './session-results.ts';

/** Session variables: values that say what a session was run against. */
export abstract class SessionVariables extends SessionResults {
  /** The value of a variable; set first when one is given. A default only fills what has no value yet. */
  variable(name: string, value?: FieldValue, isDefault = false): FieldValue | undefined {
    if (value !== undefined) {
      if (!variableNamed(this.suite.definition, name))
        throw errors.noVariable({ argument: name, value: name });
      const isTaken = own(this.head.variables, name) !== undefined;
      if (!isDefault || !isTaken) {
        this.change({
          variables: withDerived(this.suite.definition, withOwn(this.head.variables, name, value)),
        });
      }
    }
    return own(this.head.variables, name);
  }

  /**
   * Fills the variables: with the defaults of the suite when asked. Without, and with none present, only the
   * required ones come in (documented).
   *
   * @returns all variables of the session
   */
  setVariables(useDefaults = false): FieldValues {
    const { definition } = this.suite;
    const present = this.head.variables;
    if (useDefaults) this.change({ variables: startingVariables(definition, present) });
    else if (Object.keys(present).length === 0) {
      const required = definition.variables.filter(
        ({ isRequired, type }) => isRequired && type !== 'separator',
      );
      const values = required.map((each): [string, FieldValue] => [each.name, variableDefault(each) ?? '']);
      this.change({ variables: withDerived(definition, Object.fromEntries(values)) });
    }
    return this.head.variables;
  }

  /** The session's own value, else the default; undefined without either or without such a variable. */
  defaultVariable(name: string): FieldValue | undefined {
    const definition = variableNamed(this.suite.definition, name);
    return definition && (own(this.head.variables, name) ?? variableDefault(definition));
  }

  /** Computes the derived variables anew (the manual names the method and says no more; inferred). */
  calcVariables(): FieldValues {
    this.put({ variables: withDerived(this.suite.definition, this.head.variables) });
    return this.head.variables;
  }
}
