import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useAct, useFetched, useLive, usePage, useRoute } from './hooks.ts';
import { type FormSchema, ObjectForm } from './schema-form.tsx';
import type { RuleShown } from './types.ts';
import { Choice, Do, InputField, ListTable, Note, Panel } from './widgets.tsx';

/** What goes wrong on purpose, how often it did, and a form for more. */
export function RulesView(): JSX.Element {
  const live = useLive();
  const { api } = usePage();
  const found = useFetched<RuleShown[]>(
    '/rules',
    {},
    { tables: ['twintrack/rule'], when: live.clockChanges },
  );
  return (
    <div class="grid">
      <Panel
        title={`Fault rules (${found.data?.length ?? '…'})`}
        class="wide"
        actions={
          (found.data?.length ?? 0) > 1 && (
            <Do
              label="Take all away"
              kind="danger"
              done="All rules are gone."
              work={() => api.send('DELETE', api.url('/rules'))}
              after={found.again}
            />
          )
        }
      >
        <Note problem={found.problem} />
        <ListTable
          label="Fault rules"
          heads={['Rule', 'What it does', 'Fitted', 'Acted', 'Do']}
          empty="There is no rule: everything goes as it should."
          rows={(found.data ?? []).map(({ name, explanation, calls, hits, isOver, warnings }) => ({
            key: name,
            cells: [
              <span class={isOver ? 'quiet' : ''} key="name">
                {name}
                {isOver ? ' (over)' : ''}
              </span>,
              <span key="what">
                {explanation}
                {warnings.map((warning) => (
                  <p class="warn" key={warning}>
                    {warning}
                  </p>
                ))}
              </span>,
              calls,
              <strong class="number" key="hits">
                {hits}
              </strong>,
              <Do
                key="do"
                label="Take away"
                name={`Take away: ${name}`}
                done={`The rule ${name} is gone.`}
                work={() => api.send('DELETE', api.url(`/rules/${encodeURIComponent(name)}`))}
                after={found.again}
              />,
            ],
          }))}
        />
      </Panel>
      <Panel title="Add a rule" class="wide">
        <RuleForm again={found.again} />
      </Panel>
    </div>
  );
}

interface Description {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly post?: {
          readonly requestBody?: {
            readonly content: Readonly<Record<string, { readonly schema: FormSchema }>>;
          };
        };
      }
    >
  >;
}

/** Made from the schema by which the twin checks what is sent: it knows whatever the twin knows. */
function RuleForm({ again }: { again: () => void }): JSX.Element {
  const { api } = usePage();
  const { query } = useRoute();
  const act = useAct();
  const described = useFetched<Description>('/openapi.json');
  const [name, setName] = useState('');
  const [when, setWhen] = useState<Readonly<Record<string, unknown>>>(() => {
    const { operation, user, api: product } = query;
    return Object.fromEntries(Object.entries({ operation, user, api: product }).filter(([, value]) => value));
  });
  const [action, setAction] = useState('fault');
  const [given, setGiven] = useState<unknown>();
  const [times, setTimes] = useState('');
  const schema =
    described.data?.paths['/__admin/rules']?.post?.requestBody?.content['application/json']?.schema;
  const actions = schema?.properties?.do?.properties ?? {};
  const whenSchema = schema?.properties?.when;
  const chosen = actions[action];
  if (!whenSchema || !chosen) return <Note problem={described.problem}>…</Note>;
  const submit = async (event: Event) => {
    event.preventDefault();
    const rule = {
      ...(name === '' ? {} : { name }),
      when,
      do: { [action]: given ?? true },
      ...(times === '' ? {} : { times: times === 'always' ? times : Number(times) }),
    };
    if (await act(() => api.send('POST', api.url('/rules'), rule), 'The rule was added.')) {
      setName('');
      again();
    }
  };
  return (
    <form onSubmit={submit}>
      <div class="filters">
        <InputField label="Name" value={name} set={setName} placeholder="given when left out" />
        <Choice
          label="What it does"
          value={action}
          set={(next) => {
            setAction(next);
            setGiven(undefined);
          }}
          options={Object.entries(actions).map(
            ([key, { description }]) => [key, `${key}: ${description ?? ''}`] as const,
          )}
        />
        <InputField label="How often at most" value={times} set={setTimes} hint="a number, or always" />
      </div>
      <fieldset>
        <legend>{action}</legend>
        <ObjectForm key={action} name={action} schema={chosen} value={given} set={setGiven} />
      </fieldset>
      <fieldset>
        <legend>When it acts: at every call where nothing is said</legend>
        <ObjectForm
          name="when"
          schema={whenSchema}
          value={when}
          set={(value) => setWhen((value ?? {}) as typeof when)}
        />
      </fieldset>
      <p class="row">
        <button type="submit" class="main">
          Add the rule
        </button>
      </p>
    </form>
  );
}
