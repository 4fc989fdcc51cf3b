import { faults } from '../faults.ts';
import type { DocumentNode } from '../model/requirement-document-record.ts';
import { documentNodeKey, documentNodes } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';

/**
 * How many requirements may stand under one another. Every level is two elements of the answer, and XML readers of
 * clients commonly refuse more than 256. [inferred]
 */
export const maxDepth = 100;

/** A requirement in a document with its number in the outline: `2.1` is the first one under the second. */
export interface OutlineEntry<T> {
  readonly entry: T;
  readonly requirementId: number;
  readonly parentId: number;
  readonly outlineNumber: string;
}

/** The requirements of a document in document order: each before those under it. Costs what the document holds. */
export function outlineOf(project: ProjectView, documentId: number): OutlineEntry<DocumentNode>[] {
  const under = new Map<number, DocumentNode[]>();
  for (const node of project.table(documentNodes).findBy('document', documentId)) {
    const siblings = under.get(node.parentId);
    if (siblings) siblings.push(node);
    else under.set(node.parentId, [node]);
  }
  for (const siblings of under.values()) siblings.sort((a, b) => comparePlaces(a.place, b.place));
  const inOrder: DocumentNode[] = [];
  const walk = (parentId: number): void => {
    for (const node of under.get(parentId) ?? []) {
      inOrder.push(node);
      walk(node.requirementId);
    }
  };
  walk(0);
  return withOutlineNumbers(inOrder, ({ requirementId }) => requirementId);
}

/** Gives outline numbers to entries that are in document order. */
export function withOutlineNumbers<T extends { readonly parentId: number }>(
  entries: readonly T[],
  idOf: (entry: T) => number,
): OutlineEntry<T>[] {
  const numbers = new Map<number, string>();
  const counts = new Map<number, number>();
  return entries.map((entry) => {
    const { parentId } = entry;
    const requirementId = idOf(entry);
    const count = (counts.get(parentId) ?? 0) + 1;
    counts.set(parentId, count);
    const parent = numbers.get(parentId);
    const outlineNumber = parent === undefined ? String(count) : `${parent}.${count}`;
    numbers.set(requirementId, outlineNumber);
    return { entry, requirementId, parentId, outlineNumber };
  });
}

/** The record IDs of the documents a requirement is in, ascending. */
export function documentsOf(project: ProjectView, requirementId: number): number[] {
  const nodes = project.table(documentNodes).findBy('requirement', requirementId);
  return nodes.map(({ documentId }) => documentId).sort((a, b) => a - b);
}

/**
 * Puts a requirement at the end of a document, or behind the last one under a parent. [documented]
 *
 * @param parentId 0 for the top of the document
 * @throws fault 11 when the parent is not in the document, 23 when the requirement is there already or would stand
 *   under itself [numbers inferred]
 */
export function appendNode(
  project: ProjectView,
  { documentId, requirementId, parentId }: Omit<DocumentNode, 'place'>,
): DocumentNode {
  const nodes = project.table(documentNodes);
  if (requirementId === parentId) {
    throw faults.invalidData(
      'a requirement cannot be its own parent',
      `requirementID and parentRequirementID are both ${requirementId}.`,
    );
  }
  if (nodes.get(documentNodeKey(documentId, requirementId))) {
    throw faults.invalidData(
      'the requirement is in the document already',
      `Requirement with record ID ${requirementId} stands in document ${documentId}; a requirement is in a document once.`,
    );
  }
  if (parentId !== 0 && depthOf(project, documentId, parentId) >= maxDepth) {
    throw faults.invalidData(
      'requirements are nested too deeply',
      `At most ${maxDepth} requirements can stand under one another.`,
    );
  }
  // One counter for all documents: what is appended later has the higher place, and nobody has to count siblings.
  const place = [project.next('document-node')];
  return nodes.put({ documentId, requirementId, parentId, place });
}

/** How many requirements stand above and at a place. @throws fault 11 when the requirement is not in the document */
function depthOf(project: ProjectView, documentId: number, requirementId: number): number {
  const nodes = project.table(documentNodes);
  let depth = 0;
  for (let id = requirementId; id !== 0; depth += 1) {
    const node = nodes.get(documentNodeKey(documentId, id));
    if (!node) {
      throw faults.invalidParameter(
        'parentRequirementID',
        `Requirement with record ID ${id} is not in document ${documentId}; getRequirementIDsForDocument lists what is.`,
      );
    }
    id = node.parentId;
  }
  return depth;
}

/** Takes a requirement out of all documents. What stands under it moves up to its place. [inferred] */
export function leaveDocuments(project: ProjectView, requirementId: number): void {
  const nodes = project.table(documentNodes);
  for (const node of nodes.findBy('requirement', requirementId)) {
    const { documentId, parentId, place } = node;
    for (const child of nodes.findBy('parent', documentNodeKey(documentId, requirementId))) {
      nodes.put({ ...child, parentId, place: [...place, ...child.place] });
    }
    nodes.delete(documentNodeKey(documentId, requirementId));
  }
}

/** Forgets what is in a document; the requirements stay. */
export function clearDocument(project: ProjectView, documentId: number): void {
  const nodes = project.table(documentNodes);
  for (const node of nodes.findBy('document', documentId))
    nodes.delete(documentNodeKey(documentId, node.requirementId));
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}
