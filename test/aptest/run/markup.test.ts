import { describe, expect, test } from 'vitest';
import { TestSession } from '../../../src/aptest/run/test-session.ts';
import { openSuite, smallSection } from '../../support/aptest.ts';

const nasty = '</td><script>alert(1)</script>"\'';
const session = () => {
  const open = openSuite(
    smallSection({
      fields: [
        { name: 'title', prompt: 'Title' },
        { name: 'kind', type: 'list', values: ['smoke', nasty] },
        { name: 'author', type: 'user' },
        { name: 'steps', type: 'textarea', flags: [] },
      ],
      requirementFields: [{ name: 'text' }],
      requirements: [{ id: 'req', uuid: 'R', fields: { text: nasty } }],
      executionFields: [
        { name: 'kinds', type: 'list', style: 'multiple', values: ['x', 'y'] },
        { name: 'why', dependsOn: { field: 'results', values: ['fail', '</script>'] }, flags: ['mandatory'] },
      ],
      variables: [
        { name: 'os', prompt: nasty },
        { type: 'separator', name: 'sep' },
      ],
      tests: [{ id: 'A/One', fields: { title: nasty, steps: 'on <% os %>\nthen', atm_reqlink: 'R' } }],
    }),
  );
  return new TestSession(open, 1, true);
};

const isSafe = (html: string | undefined) => {
  expect(html).toBeDefined();
  expect(html).not.toMatch(/<script|<\/td><script|[^\x20-\x7e]/);
};

describe('entries', () => {
  test('are formatted as HTML or as text', () => {
    const one = session();
    one.testCase(0, { atm_prid: nasty, kinds: ['x', 'y'] });
    one.note(0, nasty, 'fail');
    for (const field of ['atm_prid', 'note', 'results', 'kinds']) isSafe(one.fieldEntry(0, field));
    expect(one.fieldEntry(0, 'results')).toBe('Failed');
    expect(one.fieldEntry(0, 'results', true)).toBe('fail');
    expect(one.fieldEntry(0, 'prid', true)).toBe(nasty);
    expect(one.fieldEntry(0, 'note', true)).toBe(nasty);
    expect(one.fieldEntry(0, 'when')).toBe('2009-02-01 00:00:00');
    expect(one.fieldEntry(0, 'when', true)).toBe('2009-02-01 00:00:00');
    expect(one.fieldEntry(0, 'nothing')).toBeUndefined();
    expect(one.fieldEntry(5, 'note')).toBeUndefined();
  });

  test('have inputs with the names of the product, and a suffix when several share a form', () => {
    const one = session();
    one.testCase(0, { kinds: ['y'], assignedto: 'bob' });
    expect(one.fieldEntryVar(0, 'results')).toMatch(
      /^<select id="results_0" name="results_0">.*<option value="untested" selected>/,
    );
    expect(one.fieldEntryVar(0, 'kinds')).toContain('<option value="y" selected>y</option>');
    expect(one.fieldEntryVar(0, 'kinds')).toContain('name="RUNDATA_kinds_0" multiple');
    expect(one.fieldEntryVar(0, 'assignedto')).toContain('<option value="bob" selected>');
    one.suffix('_b');
    expect(one.suffix()).toBe('_b');
    expect(one.fieldEntryVar(0, 'note')).toBe(
      '<textarea id="RUNDATA_note_0_b" name="RUNDATA_note_0_b" rows="4" cols="60"></textarea>',
    );
    expect(one.fieldEntryVar(0, 'prid', '', 'changed')).toContain(' onchange="changed(this)"');
    expect(one.fieldEntryVar(0, 'prid', '', 'alert(1)//')).not.toContain('onchange');
    expect(one.fieldEntryVar(0, 'nothing')).toBeUndefined();
  });

  test('are wrapped by a callback', () => {
    const wrapped = session().fieldEntryWrap(
      0,
      'kinds',
      ['x', '<y>'],
      '_1',
      (field, value) => `<b class="${field}">${value}</b>`,
    );
    expect(wrapped).toBe(
      '<span id="kinds_0_1"><b class="kinds">x</b>, <b class="kinds">&lt;y&gt;</b></span>',
    );
    expect(session().fieldEntryWrap(0, 'nothing', '', '', (_field, value) => value)).toBeUndefined();
  });
});

describe('selection', () => {
  test('is a table of inputs with the names that createSet takes', () => {
    const one = session();
    const table = one.buildSelectorTable(
      { kind: { values: ['smoke'] }, title: { values: [nasty], isRE: true } },
      { showSpecials: true },
    );
    isSafe(table);
    expect(table).toContain('<th>Title</th>');
    expect(table).toContain('name="SCHEMA_kind" multiple');
    expect(table).toContain('<option value="smoke" selected>');
    expect(table).toContain('name="SCHEMA_title_isRE" value="1" checked');
    expect(table).not.toContain('SCHEMA_steps');
    expect(one.buildSelectorTable({}, { allowNonSelectable: true })).toContain('SCHEMA_steps');
    expect(table).toContain('<option value="fail">');
    expect(table).toContain('name="RUNDATA_assignedto" multiple');
    const skipped = one.buildSelectorTable({}, { skipResults: true, skipAssigned: true });
    expect(skipped).not.toContain('RUNDATA_');
    one.runSelector('results', 'fail');
    expect(one.buildSelectorTable()).toContain('<option value="fail" selected>');
  });

  test('of one field is empty when it is not selectable, undefined when unknown', () => {
    const one = session();
    expect(one.fieldSelection('steps', undefined)).toBe('');
    expect(one.fieldSelection('', undefined)).toBe('');
    expect(one.fieldSelection('nothing', undefined)).toBeUndefined();
    expect(one.fieldSelection('kind', 'smoke,x')).toContain('<option value="x" selected>x</option>');
    expect(one.fieldSelection('author', ['me'], { showDynamic: true })).toContain(
      '<option value="me" selected>me (the user who selects)</option>',
    );
  });
});

describe('reports', () => {
  test('show the variables as a row', () => {
    const one = session();
    one.variable('os', nasty);
    isSafe(one.variableTable());
    expect(one.variableTable(true)).toMatch(/^<table class="variables"><tr><th>.*<\/th><\/tr><\/table>$/);
    expect(one.variableTable(true).match(/<th>/g)).toHaveLength(1);
  });

  test('fill a template with test, requirement, execution data and variables', () => {
    const one = session();
    one.variable('os', '<Linux>');
    const filled = one.generateMarkup(
      0,
      '<p><% title %></p><% req.text %>|<% steps %>|<% results %>|<% os %>|<% none %>',
      { showLabels: false },
    );
    isSafe(filled);
    expect(filled).toContain('|on &lt;Linux&gt;<br>then|untested|&lt;Linux&gt;|&lt;% none %&gt;');
    expect(one.generateMarkup(0, '<% title %>')).toMatch(/^title: &lt;/);
    expect(one.generateMarkup(0, '<% steps %>', { showValues: false, showLabels: false })).toBe(
      'on &lt;% os %&gt;<br>then',
    );
    expect(one.generateMarkup(3, 'x')).toBeUndefined();
  });

  test('declare the dependencies of fields for a script, safe inside a script element', () => {
    const script = session().javaScriptDependencies();
    expect(script).toContain(
      'var fieldDependencies = {"why":{"field":"results","values":["fail","\\u003c/script\\u003e"]}};',
    );
    expect(script).toContain('var mandatoryFields = ["why"];');
    expect(session().javaScriptDependencies(false)).not.toContain('mandatory');
  });
});
