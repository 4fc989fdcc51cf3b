import type { Operations } from '../operation.ts';
import { attachmentOperations } from './attachments.ts';
import { defectOperations } from './defects.ts';
import { exportOperations } from './exports.ts';
import { folderItemOperations } from './folder-items.ts';
import { folderTreeOperations } from './folder-trees.ts';
import { folderOperations } from './folders.ts';
import { globalUserOperations } from './global-users.ts';
import { hyperlinkOperations } from './hyperlinks.ts';
import { licenceOperations } from './licences.ts';
import { linkOperations } from './links.ts';
import { logonOperations } from './logon.ts';
import { projectInformationOperations } from './project-information.ts';
import { recordListOperations } from './record-lists.ts';
import { reportOperations } from './reports.ts';
import { requirementDocumentOperations } from './requirement-documents.ts';
import { requirementOperations } from './requirements.ts';
import { tableOperations } from './tables.ts';
import { taskOperations } from './tasks.ts';
import { testCaseOperations } from './test-cases.ts';
import { testConfigOperations } from './test-configs.ts';
import { testRunDefectOperations } from './test-run-defects.ts';
import { testRunOperations } from './test-runs.ts';
import { userOperations } from './users.ts';

/** Every operation of the WSDL. The type makes a missing one a compile error. */
export const operations: Operations = {
  ...logonOperations,
  ...projectInformationOperations,
  ...tableOperations,
  ...recordListOperations,
  ...defectOperations,
  ...attachmentOperations,
  ...linkOperations,
  ...folderOperations,
  ...folderItemOperations,
  ...folderTreeOperations,
  ...hyperlinkOperations,
  ...requirementOperations,
  ...requirementDocumentOperations,
  ...testCaseOperations,
  ...testRunOperations,
  ...testRunDefectOperations,
  ...testConfigOperations,
  ...taskOperations,
  ...userOperations,
  ...globalUserOperations,
  ...licenceOperations,
  ...reportOperations,
  ...exportOperations,
};
