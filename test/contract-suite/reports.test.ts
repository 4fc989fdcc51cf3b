import { expect, test } from 'vitest';
import { junitReport } from '../../src/contract-suite/junit-report.ts';
import { markdownReport } from '../../src/contract-suite/markdown-report.ts';
import type { CheckReport, SuiteReport } from '../../src/contract-suite/report.ts';
import { readXml } from '../../src/soap/wsdl-xml.ts';

const check = (name: string, outcome: CheckReport['outcome'], leftBehind: string[] = []): CheckReport => ({
  api: 'TestTrack',
  area: 'Locks',
  name,
  evidence: 'documented',
  needs: [],
  outcome,
  milliseconds: 250,
  leftBehind,
});
const report: SuiteReport = {
  targets: [{ api: 'TestTrack', url: 'http://tt/cgi-bin/ttsoapcgi.exe', place: 'project Sandbox' }],
  label: 'twintrack-check-1',
  startedAt: '2026-03-02T15:00:00.000Z',
  checks: [
    check('a save ends the lock', { kind: 'agrees' }),
    check('an edit is refused', {
      kind: 'differs',
      what: 'the edit',
      expected: 'a fault 22',
      got: 'a <b>|"fault"\n\u0000',
    }),
    check('a lock holds', { kind: 'skipped', reason: 'it would write (--allow-writes)' }),
    check('a delete is refused', { kind: 'broken', message: 'nothing listens there' }, [
      'defect 7: it is locked',
    ]),
  ],
};

test('JUnit XML has a suite for each area and tells failures, errors, what was skipped and what was left', () => {
  const xml = junitReport(report);
  expect(xml.split('\n').map((line) => line.trim())).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="twintrack contract" tests="4" failures="1" errors="1" skipped="1" time="1.000" timestamp="2026-03-02T15:00:00.000Z">',
    '<testsuite name="TestTrack: Locks" tests="4" failures="1" errors="1" skipped="1" time="1.000">',
    '<testcase classname="TestTrack: Locks" name="a save ends the lock" time="0.250"/>',
    '<testcase classname="TestTrack: Locks" name="an edit is refused" time="0.250"><failure message="the edit: expected a fault 22, got a &lt;b&gt;|&quot;fault&quot;&#xA;\ufffd" type="documented">the edit&#xA;expected: a fault 22&#xA;got: a &lt;b&gt;|"fault"&#xA;\ufffd&#xA;The expectation is documented.</failure></testcase>',
    '<testcase classname="TestTrack: Locks" name="a lock holds" time="0.250"><skipped message="it would write (--allow-writes)"/></testcase>',
    '<testcase classname="TestTrack: Locks" name="a delete is refused" time="0.250"><error message="nothing listens there" type="broken"/><system-err>left behind: defect 7: it is locked</system-err></testcase>',
    '</testsuite>',
    '</testsuites>',
    '',
  ]);
  expect(readXml(xml).local).toBe('testsuites');
});

test('Markdown tells differences first, then trouble, what was passed over, and everything', () => {
  const text = markdownReport(report);
  expect(text).toContain('* TestTrack: http://tt/cgi-bin/ttsoapcgi.exe, project Sandbox\n');
  expect(text).toContain('**1 differ, 1 broken, 1 passed over, 1 agree** of 4.');
  expect(text.match(/^## .*/gm)).toEqual([
    '## Where this server differs',
    '## What could not be finished',
    '## What was left behind',
    '## What was passed over',
    '## All checks',
  ]);
  expect(text).toContain(
    '| TestTrack: Locks | an edit is refused | documented | the edit | a fault 22 | a \\<b\\>\\|"fault" \u0000 |',
  );
  expect(text).toContain('| TestTrack | a delete is refused | defect 7: it is locked |');
});

test('a report without differences has no section about them', () => {
  const [agreeing] = report.checks;
  const text = markdownReport({ ...report, checks: agreeing ? [agreeing] : [] });
  expect(text.match(/^## .*/gm)).toEqual(['## All checks']);
});
