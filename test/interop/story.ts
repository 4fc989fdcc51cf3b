import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Log, startTwin, type Twin } from '../../src/index.ts';
import { readWsdl } from '../../src/soap/wsdl-model.ts';
import { wsdlTextOf } from '../../src/wsdl/older-wsdl.ts';
import { type SoapClient, soapClient } from '../support/soap-client.ts';
import { wsdlFile } from './build.ts';
import type { Client, Topic } from './client.ts';
import { changed, type DefectView, original, saved, seenIn, viewOf, wanted } from './expected.ts';
import { ProgramError, runProgram } from './run-program.ts';

export const scenario = fileURLToPath(new URL('scenario.yaml', import.meta.url));
export const scenario2013 = fileURLToPath(new URL('scenario-2013.yaml', import.meta.url));

/** A mistake of ours answers a bare general fault; what it was is told here. */
const mistakesOnly: Log = {
  isDebug: false,
  error: (message, fields) => console.error(message, fields),
  warn: () => {},
  info: () => {},
  debug: () => {},
};

const locked = { text: 'The record is locked by another user.', detail: '22' };
const file = { sha256: '785b0751fc2c53dc14a4ce3d800e69ef9ce1009eb327ccf458afe09c242c26c9', size: 1024 };
const bigFile = {
  sha256: '2e7cab6314e9614b6f2da12630661c3038e5592025f6534ba5823c3b340a1cb6',
  size: 5_242_880,
};

/**
 * Runs a client's program once, against a twin of its own, and judges what the program saw. What the twin then
 * holds is read with our own client, so that a mistake made both ways does not go unnoticed.
 */
export function tellsTheStory(client: Client): void {
  describe(client.name, () => {
    let twin: Twin | undefined;
    let seen: ReadonlyMap<string, unknown> = new Map();
    let failure: unknown;
    let held: DefectView | undefined;
    const folder = mkdtempSync(path.join(tmpdir(), 'twintrack-interop-'));

    beforeAll(async () => {
      twin = await twinFor(client);
      const certificate = path.join(folder, 'twin.pem');
      writeFileSync(certificate, twin.tls?.certificate ?? '');
      try {
        const command = await client.prepare(twin.tlsUrl ?? twin.url, certificate);
        const env = client.isSecure && { NODE_EXTRA_CA_CERTS: certificate };
        seen = stepsOf(await runProgram(command, { input: JSON.stringify(wanted), ...(env && { env }) }));
      } catch (error) {
        // What it saw before it failed still counts; the tests of what comes after tell the reason.
        if (error instanceof ProgramError) seen = stepsOf(error.output);
        failure = error;
      }
      held = await defect11(soapClient(twin.soapUrl, client.generation ? { model: model2013 } : {}));
    });
    afterAll(async () => {
      await twin?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const asSeen = (view: DefectView) => seenIn(client.generation, view);
    const tells = (topic: Topic, sentence: string, check: (step: (name: string) => unknown) => void) =>
      test(sentence, ({ task }) => {
        const { name, note } = client;
        const { version } = (seen.get('client') ?? {}) as { version?: string };
        task.meta.interop = { client: name, note, topic, version: version ?? '' };
        check((step) => {
          if (failure && !seen.has(step)) throw failure;
          return seen.get(step);
        });
      });
    const refused = (fault: { text: string; detail: string }) =>
      client.losesFaults ? { text: expect.any(String), detail: expect.any(String) } : fault;

    tells('Log on', 'lists the projects, logs on and off', (step) => {
      expect(step('projects')).toEqual({ names: ['Project'] });
      expect(step('logon')).toEqual({ positive: true });
      expect(step('logoff')).toEqual({ result: 0 });
    });

    tells('Read', 'reads a defect with its events, files and custom fields', (step) => {
      expect(step('get')).toEqual({ defect: asSeen(original) });
    });

    tells('Lists', 'lists records by columns, and a table without any', (step) => {
      expect(step('list')).toEqual({
        columns: ['Record ID', 'Number', 'Summary', 'Status'],
        rows: [
          ['311', '11', original.summary, 'Open'],
          ['312', '12', 'A defect without any custom value', 'Open'],
        ],
      });
      expect(step('empty list')).toEqual({ rows: [] });
    });

    tells('Edit, save', 'saves a defect as it was given, and only what it changed is another', (step) => {
      expect(step('save unchanged')).toEqual({ result: 0 });
      expect(step('get unchanged')).toEqual({ defect: asSeen(saved) });
    });

    tells('Custom fields', 'changes custom fields of all ten kinds', (step) => {
      expect(step('save changed')).toEqual({ result: 0 });
      expect(fieldsOf(step('get changed'))).toEqual(asSeen(changed).fields);
      expect(held?.fields).toEqual(asSeen(changed).fields);
    });

    tells('Text', 'adds an event, and text beyond ASCII in several lines stays exact', (step) => {
      const workaround = client.trimsText ? changed.workaround.trim() : changed.workaround;
      expect(step('get changed')).toEqual({ defect: { ...asSeen(changed), workaround } });
      expect(held).toEqual(asSeen(changed));
    });

    tells('Files, 5 MB', 'attaches files of 1 kB and 5 MB and gets them back byte for byte', (step) => {
      expect(step('attachment')).toEqual({ name: wanted.file, ...file });
      expect(step('big attachment')).toEqual({ name: 'big.bin', ...bigFile });
    });

    tells('Locks', 'is refused a record that somebody edits, until that edit is cancelled', (step) => {
      expect(step('locked')).toEqual(refused(locked));
      expect(step('cancel')).toEqual({ result: 0 });
      expect(step('free after cancel')).toEqual({ number: 11 });
    });

    tells(
      'Locks',
      'may edit a record once the lock on it is 15 minutes old, and the late save fails',
      (step) => {
        expect(step('still locked')).toEqual(refused(locked));
        expect(step('free after 15 minutes')).toEqual({ number: 11 });
        expect(step('late save')).toEqual(
          refused({ text: 'The record is not being edited by this session.', detail: '7' }),
        );
      },
    );

    for (const { topic, sentence, step: name, expected } of client.besides ?? []) {
      tells(topic, sentence, (step) => expect(step(name)).toEqual(expected));
    }

    tells('Faults', 'reads the text and the number of a fault', (step) => {
      const absent = { text: 'The specified record does not exist in the database.', detail: '6' };
      expect(step('absent')).toEqual(refused(absent));
      expect(step('dropped')).toEqual(refused({ text: 'Session Dropped.', detail: '17' }));
    });
  });
}

/** What messages of 2013 hold. */
const model2013 = readWsdl(wsdlTextOf(readFileSync(wsdlFile, 'utf8'), '2013'));

function twinFor({ generation, isSecure }: Client): Promise<Twin> {
  const served = generation ? scenario2013 : scenario;
  return startTwin({ scenario: served, log: mistakesOnly, ...(isSecure && { tls: { port: 0 } }) });
}

/** What a program printed: one JSON object a line, by its step. */
function stepsOf(output: string): Map<string, unknown> {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return new Map(
    lines.map((line) => {
      const { step, ...what } = JSON.parse(line) as { step: string };
      return [step, what];
    }),
  );
}

function fieldsOf(step: unknown): unknown {
  return (step as { defect?: DefectView } | undefined)?.defect?.fields;
}

async function defect11(tt: SoapClient): Promise<DefectView> {
  const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'username', password: 'password' });
  return viewOf(await tt.getDefect({ cookie, defectNumber: 11 }));
}
