/**
 * The signals that ask for the end. Windows sends no SIGTERM; it tells a console program of Ctrl+Break and of the
 * closing of its window, after which it has some ten seconds. (Node's documentation of signal events.)
 */
export function endingSignals(platform: NodeJS.Platform): readonly NodeJS.Signals[] {
  return platform === 'win32' ? ['SIGINT', 'SIGBREAK', 'SIGHUP'] : ['SIGINT', 'SIGTERM'];
}
