import { attachmentOperations } from './attachments.ts';
import { defectOperations } from './defects.ts';
import { laterOperations } from './later.ts';
import { logonOperations } from './logon.ts';
import type { Operations } from './operation.ts';
import { projectInformationOperations } from './project-information.ts';
import { testConfigOperations } from './test-configs.ts';
import { userOperations } from './users.ts';

/** Every operation of the WSDL. The type makes a missing one a compile error. */
export const operations: Operations = {
  ...laterOperations,
  ...logonOperations,
  ...projectInformationOperations,
  ...defectOperations,
  ...attachmentOperations,
  ...testConfigOperations,
  ...userOperations,
};
