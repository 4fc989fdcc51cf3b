import type { FolderRecord, FolderSchedule } from '../../testtrack/model/folder-record.ts';
import type { LinkedItem, LinkRecord } from '../../testtrack/model/link-record.ts';
import type {
  CFolder,
  CLink,
  CLinkedItem,
  CScheduleInfo,
  CSystem,
  CTask,
  CUser,
  PhoneNumber,
} from '../../testtrack/model/operation-types.generated.ts';
import type { ProjectRecord } from '../../testtrack/model/project-record.ts';
import { type TaskRecord, taskStatuses } from '../../testtrack/model/task-record.ts';
import type { TestConfigRecord } from '../../testtrack/model/test-config-record.ts';
import type { UserRecord } from '../../testtrack/model/user-record.ts';
import { type Restoring, restoredText } from './item-restoration.ts';
import { membersIn } from './members.ts';

/** What records are made with again, and the project they are of. */
export interface RecordRestoring extends Restoring {
  readonly project: ProjectRecord;
  /** The names that answers give people in, which is how the account sees them. */
  readonly me: number;
}

/** A task as the server showed it. */
export function taskFrom(wire: CTask, { people }: RecordRestoring): TaskRecord {
  const { text, day, number } = membersIn(wire);
  return {
    recordId: number('recordid'),
    status: taskStatuses.find((status) => status === wire.status) ?? 'Open',
    priority: text('priority'),
    summary: text('summary'),
    description: text('description'),
    dateDue: day('datedue'),
    dateAssigned: day('dateassigned'),
    versionDue: text('versiondue'),
    assignee: people.ref(wire.assignedto),
    assigner: people.ref(wire.assignedby),
    defectId: wire.assigneddefect ?? 0,
  };
}

/** A test configuration as the server showed it. */
export function testConfigFrom(wire: CSystem): TestConfigRecord {
  const { text, flag, number } = membersIn(wire);
  return {
    recordId: number('recordid'),
    name: text('systemname'),
    computerModel: text('computermodel'),
    computerBrand: text('computerbrand'),
    cpuType: text('cputype'),
    cpuSpeed: text('cpuspeed'),
    hardDiskType: text('harddisktype'),
    hardDiskSize: text('harddisksize'),
    ramSize: text('ramsize'),
    romSize: text('romsize'),
    osName: text('osname'),
    osVersion: text('osversion'),
    videoName: text('videoname'),
    hasCdRom: flag('hascdrom'),
    cdRomModel: text('cdrommodel'),
    hasScanner: flag('hasscanner'),
    scannerModel: text('scannermodel'),
    hasModem: flag('hasmodem'),
    modemModel: text('modemmodel'),
    hasPrinter: flag('hasprinter'),
    printerModel: text('printermodel'),
    otherHardware: text('otherhardware'),
    hasMultipleMonitors: flag('hasmultiplemonitors'),
  };
}

/** A user or customer as the server showed one: everything but the password. */
export function userFrom(wire: CUser, isCustomer: boolean, to: RecordRestoring): UserRecord {
  const { text, flag, number } = membersIn(wire);
  const groups = wire.usergroupnamelist ?? (wire.usergroupname ? [wire.usergroupname] : []);
  return {
    recordId: number('recordid'),
    login: text('loginname'),
    password: '',
    first: text('firstname'),
    middle: text('middleinitials'),
    last: text('lastname'),
    company: text('company'),
    division: text('division'),
    department: text('department'),
    emailType: text('emailtype'),
    email: text('emailaddress'),
    phones: phonesFrom(wire.phoneone, wire.phonetwo),
    address: text('address'),
    licences: {
      pro: text('userLicense'),
      tcm: text('userLicenseTCM'),
      rm: text('userLicenseRM'),
      rmReviewer: text('userLicenseRMReviewer'),
      suite: text('userLicenseSuite'),
    },
    groups,
    isActive: flag('isactive', true),
    isCustomer,
    // Who is known to the licence server counts up with the record IDs of the project: theirs are not told.
    globalId: wire.isglobal === true ? number('recordid') : 0,
    isActiveGlobal: flag('isactiveglobal'),
    nameFormat: number('recordid') === to.me ? to.people.format : 'last-first',
    notes: text('notes'),
    isBetaSite: flag('betasite'),
    testConfigId: Number(wire.testconfig?.recordid ?? 0),
  };
}

function phonesFrom(...wires: readonly (PhoneNumber | undefined)[]): UserRecord['phones'] {
  const last = wires.findLastIndex((wire) => wire !== undefined);
  return wires.slice(0, last + 1).map((wire) => {
    const { text } = membersIn(wire ?? {});
    return { type: text('numbertype'), number: text('phonenumber') };
  });
}

function scheduleFrom(wire: CScheduleInfo): FolderSchedule {
  const { day, flag, number, long } = membersIn(wire);
  return {
    start: day('startdate'),
    end: day('enddate'),
    includesWeekends: flag('includeweekends'),
    nonWorkingDays: long('nonworkingdays'),
    hoursPerDay: number('hoursperday'),
    timeOffHours: number('ptohours'),
    usersAvailable: number('usersavailable'),
    storyPoints: long('storypoints'),
  };
}

/** A folder as the server showed it. */
export function folderFrom(wire: CFolder, owner: number, to: RecordRestoring): FolderRecord {
  const { text, number } = membersIn(wire);
  const { scheduleinfo: schedule } = wire;
  return {
    recordId: number('recordid'),
    owner,
    parentId: number('parentid'),
    name: text('name'),
    description: text('description'),
    folderType: text('foldertypename'),
    order: number('order'),
    webView: text('webview'),
    notes: restoredText(wire.notes, wire.notesInlineAttachList, to),
    schedule: schedule && scheduleFrom(schedule),
    taskBoard: text('taskboardname'),
    created: { at: to.offsets.moment(wire.datetimecreated, to.now), by: number('createdbyuser') },
    modified: { at: to.offsets.moment(wire.datetimemodified, to.now), by: number('modifiedbyuser') },
    addedFrom: text('locationaddedfrom'),
  };
}

/** A link as the server showed it. */
export function linkFrom(wire: CLink, to: RecordRestoring): LinkRecord {
  const { text, number } = membersIn(wire);
  const item = (linked: CLinkedItem): LinkedItem => ({
    linkedItemId: Number(linked.recordid ?? 0),
    table: linked.tablename ?? '',
    recordId: Number(linked.entityID ?? 0),
    isSuspect: linked.issuspect ?? false,
  });
  return {
    recordId: number('recordid'),
    definition: text('linkDefinitionName'),
    comment: text('comment'),
    parent: wire.linkparent && item(wire.linkparent),
    children: (wire.childList ?? []).map(item),
    history: (wire.historyList ?? []).map(
      ({ recordid = 0, date, firstname = '', lastname = '', history = '' }) => ({
        recordId: Number(recordid),
        at: to.offsets.moment(date, to.now),
        by: to.people.refByParts({ first: firstname, last: lastname }),
        text: history,
      }),
    ),
  };
}
