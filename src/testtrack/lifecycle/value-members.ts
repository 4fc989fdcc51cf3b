import type { Day, RichText, StoredAttachment, UserRef } from '../model/item-record.ts';
import type { CFileAttachment, Long } from '../model/operation-types.generated.ts';
import { asNewFiles, readAttachments, writeAttachment } from '../rules/attachments.ts';
import { requireDropdownValue } from '../rules/dropdowns.ts';
import { isBlank, readText, withImages, writeText } from '../rules/rich-text.ts';
import { isSameName, nameOf, userByName } from '../rules/user-names.ts';
import { fromWireDay, toWireDay } from '../rules/zone.ts';
import type { Member } from './member.ts';

/** The members of R that hold a V. */
export type KeyOf<R, V> = { [K in keyof R]-?: [R[K]] extends [V] ? K : never }[keyof R] & string;

/**
 * Makes members for records of type R: each ties a member of the wire type to a member of the record that holds
 * such a value. Bound to R once, so that a description reads as a list of names.
 */
export function memberKinds<R>() {
  return {
    /** A line of text, exactly as sent. */
    text: (key: KeyOf<R, string>, label?: string): Member<R, string> => ({
      ...labelled(label, 'text'),
      write: (record) => held<string>(record, key),
      read: (sent, { record }) => assign(record, key, sent),
      isEmpty: (record) => held<string>(record, key) === '',
    }),

    /** A multi-line text that may carry formatting. */
    richText: (key: KeyOf<R, RichText>, label?: string): Member<R, string> => ({
      ...labelled(label, 'multiline'),
      write: (record, view) => readText(held<RichText>(record, key), view.formatted),
      read: (sent, { record, context }) =>
        assign(record, key, writeText(held<RichText>(record, key), sent, context.session.formattedText)),
      isEmpty: (record) => isBlank(held<RichText>(record, key)),
    }),

    /** The pictures within a multi-line text. */
    inlineImages: (key: KeyOf<R, RichText>, partOf?: string): Member<R, readonly CFileAttachment[]> => ({
      ...(partOf === undefined ? {} : { partOf }),
      write: (record, view) =>
        held<RichText>(record, key).images.map((image) => writeAttachment(image, view)),
      read: (sent, { before, record, context }) => {
        const text = held<RichText>(record, key);
        const images = before ? sent : asNewFiles(sent);
        assign(record, key, withImages(text, readAttachments(context, text.images, images)));
      },
    }),

    /** Files. */
    attachments: (key: KeyOf<R, readonly StoredAttachment[]>): Member<R, readonly CFileAttachment[]> => ({
      write: (record, view) =>
        held<readonly StoredAttachment[]>(record, key).map((file) => writeAttachment(file, view)),
      read: (sent, { before, record, context }) => {
        const files = before ? sent : asNewFiles(sent);
        assign(record, key, readAttachments(context, held<readonly StoredAttachment[]>(record, key), files));
      },
    }),

    /** A value from the list of a field. */
    dropdown: (key: KeyOf<R, string>, table: string, label: string): Member<R, string> => ({
      label,
      type: 'dropdown',
      write: (record) => held<string>(record, key),
      read: (sent, { record, before, context }) => {
        const known = before === undefined ? undefined : held<string>(before, key);
        requireDropdownValue(context.project, { table, field: label }, { value: sent, before: known });
        assign(record, key, sent);
      },
      isEmpty: (record) => held<string>(record, key) === '',
    }),

    /** A person by name; a name nobody has counts as not set. [documented] */
    user: (key: KeyOf<R, UserRef>, label?: string): Member<R, string> => ({
      ...labelled(label, 'user'),
      write: (record, { project, nameFormat }) => nameOf(project, held<UserRef>(record, key), nameFormat),
      read: (sent, { record, context: { project, user } }) => {
        const current = held<UserRef>(record, key);
        if (isSameName(project, current, { name: sent, format: user.nameFormat })) return;
        assign(record, key, userByName(project, sent, user.nameFormat) ?? 0);
      },
      isEmpty: (record) => held<UserRef>(record, key) === 0,
      raw: (record) => held<UserRef>(record, key),
    }),

    /** A calendar day. */
    day: (key: KeyOf<R, Day>, label?: string): Member<R, string> => ({
      ...labelled(label, 'date'),
      write: (record, { project }) => toWireDay(held<Day>(record, key), project.server),
      read: (sent, { record, context: { project } }) =>
        assign(record, key, fromWireDay(sent, project.server.timeZone)),
      isEmpty: (record) => held<Day>(record, key) === '',
      raw: (record) => held<Day>(record, key),
    }),

    /** A whole number of any size. */
    long: (key: KeyOf<R, Long>, label?: string): Member<R, Long> => ({
      ...labelled(label, 'number'),
      write: (record) => held<Long>(record, key),
      read: (sent, { record }) => assign(record, key, sent),
    }),

    /** A small whole number. */
    short: (key: KeyOf<R, number>, label?: string): Member<R, number> => ({
      ...labelled(label, 'number'),
      write: (record) => held<number>(record, key),
      read: (sent, { record }) => assign(record, key, sent),
    }),

    flag: (key: KeyOf<R, boolean>, label?: string): Member<R, boolean> => ({
      ...labelled(label, 'boolean'),
      write: (record) => held<boolean>(record, key),
      read: (sent, { record }) => assign(record, key, sent),
    }),
  };
}

/** A member that only the server sets. */
export function readOnly<R, W>(member: Member<R, W>): Member<R, W> {
  const { read: _ignored, ...rest } = member;
  return rest;
}

function labelled(label: string | undefined, type: NonNullable<Member<unknown, unknown>['type']>) {
  return label === undefined ? {} : { label, type };
}

function held<V>(record: unknown, key: string): V {
  return (record as Record<string, V>)[key] as V;
}

function assign(record: unknown, key: string, value: unknown): void {
  (record as Record<string, unknown>)[key] = value;
}
