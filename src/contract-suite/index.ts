/** The contract suite: what is known of both products, to be held against any server. */
export {
  ApTestApiError,
  ApTestClient,
  ApTestConnectionError,
  TestTrackClient,
  TestTrackConnectionError,
  TestTrackLogonError,
} from '../client/index.ts';
export { ClockControl } from './clock-control.ts';
export { junitReport } from './junit-report.ts';
export { markdownReport } from './markdown-report.ts';
export { countsOf, isClean } from './report.ts';
export { runSuite } from './run-suite.ts';
