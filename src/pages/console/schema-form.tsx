import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Choice, InputField } from './widgets.tsx';

/** A JSON Schema, as far as the form follows it. */
export interface FormSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, FormSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly FormSchema[];
  readonly additionalProperties?: unknown;
}

interface FormProps {
  readonly name: string;
  readonly schema: FormSchema;
  readonly value: unknown;
  readonly set: (value: unknown) => void;
  readonly isRequired?: boolean;
}

/** A form for a value: a field for each member of an object, or one for the value itself. */
export function ObjectForm(props: FormProps): JSX.Element {
  const { schema, value, set } = props;
  const object = schema.properties ? schema : schema.anyOf?.find(({ properties }) => properties);
  const alone = schema.anyOf?.find(({ properties }) => !properties);
  if (!object?.properties) {
    return (
      <div class="filters">
        <ValueField {...props} isRequired />
      </div>
    );
  }
  const held = (typeof value === 'object' && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
  const put = (key: string, member: unknown) => {
    const { [key]: _before, ...rest } = held;
    const next = member === undefined ? rest : { ...rest, [key]: member };
    set(Object.keys(next).length === 0 ? undefined : next);
  };
  return (
    <div class="filters">
      {alone?.const !== undefined && (
        <label class="check">
          <input
            type="checkbox"
            checked={value === alone.const}
            onChange={(event) => set(event.currentTarget.checked ? alone.const : undefined)}
          />{' '}
          {String(alone.const)}
        </label>
      )}
      {Object.entries(object.properties).map(([key, member]) => (
        <ValueField
          key={key}
          name={key}
          schema={member}
          value={held[key]}
          set={(next) => put(key, next)}
          isRequired={object.required?.includes(key) ?? false}
        />
      ))}
    </div>
  );
}

function ValueField({ name, schema, value, set, isRequired = false }: FormProps): JSX.Element {
  const [text, setText] = useState(
    value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value),
  );
  const change = (next: string) => {
    setText(next);
    set(next === '' ? undefined : read(next, schema));
  };
  const listed = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (listed) {
    const options = listed.map((each) => [String(each), String(each)] as const);
    const chosen = (next: string) => {
      setText(next);
      set(listed.find((each) => String(each) === next));
    };
    return <Choice label={name} value={text} set={chosen} options={[['', '–'] as const, ...options]} />;
  }
  return (
    <InputField
      label={name}
      value={text}
      set={change}
      type={isNumber(schema) ? 'number' : 'text'}
      hint={schema.description}
      required={isRequired}
    />
  );
}

function isNumber({ type }: FormSchema): boolean {
  return type === 'integer' || type === 'number';
}

/** What a person wrote, as the schema has it; what cannot be read goes to the twin as it is, which says what is wrong. */
function read(text: string, schema: FormSchema): unknown {
  const kinds = [schema, ...(schema.anyOf ?? [])];
  if (kinds.some(isNumber) && /^-?\d+(?:\.\d+)?$/.test(text.trim())) return Number(text);
  if (
    kinds.some(({ type, additionalProperties }) => type === 'object' || additionalProperties !== undefined)
  ) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return text;
}
