import { Argument, Command } from 'commander';
import type { Terminal } from './terminal.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

const examples = `
Examples:
  source <(twintrack completion bash)      in ~/.bashrc; zsh in ~/.zshrc alike
  twintrack completion fish > ~/.config/fish/completions/twintrack.fish`;

/** `twintrack completion`: what a shell needs to complete commands and options, made from the commands themselves. */
export function completionCommand(terminal: Terminal, program: () => Command): Command {
  return new Command('completion')
    .description('print what a shell needs to complete commands and options')
    .addArgument(new Argument('<shell>', 'which one').choices(shells))
    .addHelpText('after', examples)
    .action((shell: (typeof shells)[number]) => {
      const commands = program().commands.map((command) => ({
        name: command.name(),
        words: wordsOf(command),
        first: firstWordsOf(command),
      }));
      terminal.out(shell === 'fish' ? fish(commands) : bash(commands, shell === 'zsh'));
    });
}

interface Completed {
  readonly name: string;
  /** Its options and what can stand instead of them. */
  readonly words: readonly string[];
  /** What its first word has to be; a file may stand there where there are none. */
  readonly first: readonly string[];
}

function wordsOf(command: Command): string[] {
  const options = command.options.filter(({ hidden }) => !hidden).flatMap(({ long }) => long ?? []);
  return ['--help', ...options, ...firstWordsOf(command)];
}

function firstWordsOf(command: Command): string[] {
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  return [...command.commands.map((each) => each.name()), ...choices];
}

/** zsh reads the words of bash when it is told to; where none fits, both complete the names of files. */
function bash(commands: readonly Completed[], isZsh: boolean): string {
  const cases = commands.map(({ name, words }) => `    ${name}) words="${words.join(' ')}" ;;`);
  const names = [...commands.map(({ name }) => name), '--help', '--version'].join(' ');
  return `${isZsh ? 'autoload -U +X bashcompinit && bashcompinit\n' : ''}_twintrack() {
  local words=""
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [ "$COMP_CWORD" = 1 ]; then words="${names}"; fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _twintrack twintrack
`;
}

/** `-f` keeps the names of files away, until the first word of a command that has to have one is there. */
function fish(commands: readonly Completed[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const lines = commands.flatMap(({ name, words, first }) => {
    const line = (condition: string) =>
      `complete -c twintrack -n "__fish_seen_subcommand_from ${name}${condition}" -a "${words.join(' ')}"`;
    if (first.length === 0) return [line('')];
    const options = words.filter((word) => !first.includes(word));
    return [
      `${line(`; and not __fish_seen_subcommand_from ${first.join(' ')}`)} -f`,
      `complete -c twintrack -n "__fish_seen_subcommand_from ${name}; and __fish_seen_subcommand_from ${first.join(' ')}" -a "${options.join(' ')}"`,
    ];
  });
  return `complete -c twintrack -n __fish_use_subcommand -f -a "${names}"\n${lines.join('\n')}\n`;
}
