import { faults } from '../faults.ts';
import type { Family } from '../lifecycle/family.ts';
import { byName } from '../lifecycle/look-up.ts';
import { type Member, type Members, toWire } from '../lifecycle/member.ts';
import { memberKinds } from '../lifecycle/value-members.ts';
import type { CSystem } from '../model/operation-types.generated.ts';
import { testConfigs } from '../model/tables.ts';
import type { TestConfigRecord } from '../model/test-config-record.ts';
import { viewOf } from '../rules/view.ts';

const { text, flag } = memberKinds<TestConfigRecord>();

const members: Members<TestConfigRecord, CSystem> = {
  systemname: text('name', 'Name'),
  computermodel: text('computerModel', 'Computer Model'),
  computerbrand: text('computerBrand', 'Computer Brand'),
  cputype: text('cpuType', 'CPU Type'),
  cpuspeed: text('cpuSpeed', 'CPU Speed'),
  harddisktype: text('hardDiskType', 'Hard Disk Type'),
  harddisksize: text('hardDiskSize', 'Hard Disk Size'),
  ramsize: text('ramSize', 'RAM'),
  romsize: text('romSize', 'ROM'),
  osname: text('osName', 'Operating System'),
  osversion: text('osVersion', 'OS Version'),
  videoname: text('videoName', 'Video Controller'),
  hascdrom: flag('hasCdRom', 'CD-ROM'),
  cdrommodel: text('cdRomModel', 'CD-ROM Model'),
  hasscanner: flag('hasScanner', 'Scanner'),
  scannermodel: text('scannerModel', 'Scanner Model'),
  hasmodem: flag('hasModem', 'Modem'),
  modemmodel: text('modemModel', 'Modem Model'),
  hasprinter: flag('hasPrinter', 'Printer'),
  printermodel: text('printerModel', 'Printer Model'),
  otherhardware: text('otherHardware', 'Other Hardware'),
  hasmultiplemonitors: flag('hasMultipleMonitors', 'Multiple Monitors'),
};

/** A test configuration without any details. */
export const blankTestConfig: Omit<TestConfigRecord, 'recordId'> = {
  name: '',
  computerModel: '',
  computerBrand: '',
  cpuType: '',
  cpuSpeed: '',
  hardDiskType: '',
  hardDiskSize: '',
  ramSize: '',
  romSize: '',
  osName: '',
  osVersion: '',
  videoName: '',
  hasCdRom: false,
  cdRomModel: '',
  hasScanner: false,
  scannerModel: '',
  hasModem: false,
  modemModel: '',
  hasPrinter: false,
  printerModel: '',
  otherHardware: '',
  hasMultipleMonitors: false,
};

/** Test configurations: the computers that things are tested on. Known by name. */
export const testConfigFamily: Family<TestConfigRecord, CSystem> = {
  table: 'Test Config',
  records: testConfigs,
  members,
  commandNoun: 'Test Configs',
  required: ['Name'],
  blank: ({ project }) => ({ ...blankTestConfig, recordId: project.next('test-config') }),
  find: byName(testConfigs, 'name'),
  check: ({ name, recordId }, _before, { project }) => {
    const namesakes = project.table(testConfigs).findBy('name', name);
    if (namesakes.some((other) => other.recordId !== recordId)) {
      throw faults.duplicateName(`test configuration "${name}"`);
    }
  },
};

/** The test configuration that another record names: found by record ID or by name, shown as a whole. */
export function testConfigMember<R extends { readonly testConfigId: number }>(): Member<R, CSystem> {
  return {
    write: ({ testConfigId }, view) => {
      const config = testConfigId === 0 ? undefined : view.project.table(testConfigs).get(testConfigId);
      return config && toWire(members, config, viewOf(view, 'Test Config'));
    },
    read: (sent, { record, context: { project } }) => {
      const configs = project.table(testConfigs);
      const name = sent.systemname ?? '';
      const found = configs.get(sent.recordid ?? 0) ?? configs.findBy('name', name)[0];
      if (!found && name !== '') {
        throw faults.invalidData(
          `no test configuration "${name}"`,
          'Name one that exists, add it with addTestConfig, or leave the member out.',
        );
      }
      Object.assign(record, { testConfigId: found?.recordId ?? 0 });
    },
  };
}
