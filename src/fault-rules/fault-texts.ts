import { faults } from '../testtrack/faults.ts';

/**
 * The texts that go with the fault numbers of TestTrack, for rules that name a number only. Where a number has
 * several texts, the most general one is taken.
 */
export const knownFaults: ReadonlyMap<number, string> = new Map(
  [
    faults.unknownProject('', []),
    faults.missingParameter('scripted', ''),
    faults.notAllowed(''),
    faults.recordNotFound(''),
    faults.editNotFound('', ''),
    faults.alreadyLoggedOn(''),
    faults.serverNotFound(0),
    faults.invalidParameter('scripted', ''),
    faults.licencesInUse('', 0),
    faults.general(''),
    faults.sessionDropped(''),
    faults.noLicenceFound('', []),
    faults.namedLicencesAssigned('', 0),
    faults.recordLocked('', '', undefined),
    faults.invalidData('scripted', ''),
    faults.soapLicencesInUse(0),
    faults.severalFound('', 0),
    faults.adminLocked('', undefined),
    faults.invalidTable('', []),
    faults.duplicateName(''),
    faults.inactiveUser(''),
    faults.notAllowedOnLicenceServer('', ''),
    faults.noLicenceAssigned('', ''),
  ].map(({ code, text }) => [code, text]),
);
