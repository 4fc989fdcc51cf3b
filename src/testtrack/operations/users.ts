import { customerFamily, userFamily } from '../kinds/user.ts';
import { recordLifecycle } from '../lifecycle/lifecycle.ts';
import { wireOf } from '../lifecycle/records.ts';
import { documented, type Operations, operation } from '../operation.ts';
import { viewFor } from '../rules/view.ts';

// getUser, getUserByRecordID, addUser, editUser, editUserByRecordID, saveUser, cancelSaveUser, deleteUser,
// deleteUserByRecordID
const users = recordLifecycle('User', userFamily);
// getCustomer, getCustomerByRecordID, addCustomer, editCustomer, editCustomerByRecordID, saveCustomer,
// cancelSaveCustomer, deleteCustomer, deleteCustomerByRecordID
const customers = recordLifecycle('Customer', customerFamily);

/** Users and customers. */
export const userOperations = {
  ...users,
  ...customers,

  addUser: {
    ...users.addUser,
    evidence: documented(
      'stores a new local user and gives the record ID; logins are unique, names need not be; without a group the user cannot log on',
    ),
  },

  saveUser: {
    ...users.saveUser,
    evidence: documented(
      'stores the edited user, found by the name before the edit (inferred) or by the new one with the record ID, and unlocks it; what is the same in all projects goes to the licence server too',
    ),
  },

  saveCustomer: { ...customers.saveCustomer, evidence: documented('as saveUser, for customers') },

  deleteUser: {
    ...users.deleteUser,
    evidence: documented(
      'deletes the user; that the sessions of that user end, that the licence server keeps a global user, and 22 while another user edits it are inferred',
    ),
  },

  getUserForCurrentSession: operation({
    evidence: documented('gives the user of the session, with everything but the password'),
    run: (context) => {
      // Nothing of oneself is hidden. [inferred]
      const { viewer: _everything, ...view } = viewFor(context, false);
      return wireOf(userFamily, context.user, view);
    },
  }),
} satisfies Partial<Operations>;
