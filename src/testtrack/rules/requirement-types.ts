import type { RequirementRecord } from '../model/requirement-record.ts';
import type { ProjectView } from '../project-view.ts';

/**
 * The list that holds the requirement types. [documented: getDropdownFieldValuesForTable gives them under this name]
 */
export const typeField = { table: 'Requirement', field: 'Requirement Type' } as const;

/** The command that changing the type of a requirement takes, whatever operation does it. [documented] */
export const changeTypeCommand = 'Change Requirement Type';

/**
 * A requirement's tag such as `FR-12`: the number between the prefix and suffix of its type. [documented] Without a
 * number there is no tag. [inferred]
 */
export function tagOf(
  project: ProjectView,
  { type, number }: Pick<RequirementRecord, 'type' | 'number'>,
): string {
  if (number === 0) return '';
  const known = project.record.requirementTypes.find(({ name }) => name === type);
  return `${known?.tagPrefix ?? ''}${number}${known?.tagSuffix ?? ''}`;
}
