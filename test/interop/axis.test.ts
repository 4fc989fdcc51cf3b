import { axisProgram } from './axis.ts';
import { wantedAsArguments } from './expected.ts';
import { tellsTheStory } from './story.ts';

tellsTheStory({
  name: 'Axis 1.4 (libaxis-java)',
  note: 'With the stubs of its WSDL2Java, on the JDK of the machine; sends every value by reference. On newer JDKs it raises faults, but loses their text and number (its own defect: a DOM node used in another document).',
  losesFaults: true,
  prepare: async (origin) => (await axisProgram('StoryAxis'))(origin, ...wantedAsArguments()),
});

tellsTheStory({
  name: 'Axis 1.4 (libaxis-java) of 2013',
  note: 'With the stubs of the WSDL of 2013, against a twin with `sdk: "2013"`.',
  generation: '2013',
  losesFaults: true,
  prepare: async (origin) => (await axisProgram('StoryAxis', '2013'))(origin, ...wantedAsArguments()),
});
