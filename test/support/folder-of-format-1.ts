import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A data folder as the last version with format 1 left it when it was killed: notes, an attachment and a fork. */
const files: Readonly<Record<string, string>> = {
  'files/805498d6040a264a2d7552fee89a47202d50829896874f574de99743a862e452': `an attachment`,
  'journal-000001.jsonl': `35:0d5219d0:{"journal":1,"after":0,"version":1}
96:30028082:{"n":1,"entries":[["test:A/B/notes",{"id":3,"text":"in the snapshot"}]],"counters":[["puts",2]]}
`,
  'journal-000002.jsonl': `35:c843518e:{"journal":2,"after":1,"version":1}
208:4f688cce:{"n":2,"entries":[["test:A/B/notes",{"id":4,"text":"in the journal","extra":{"file":"~f805498d6040a264a2d7552fee89a47202d50829896874f574de99743a862e452:13","none":"~","big":"~n12"}}]],"counters":[["puts",3]]}
45:d6d5a475:{"n":3,"entries":[["test:A/B/notes",null,1]]}
`,
  'manifest-000001.json': `{
  "format": "twintrack state",
  "version": 1,
  "generation": 1,
  "seed": {
    "id": "62c0865c-61f7-4a4a-8c43-c309008fa641",
    "worldSeed": "seed",
    "clock": {
      "mode": "frozen",
      "now": 1772442000000
    },
    "snapshot": {
      "folder": "seed-000001",
      "parts": [
        {
          "name": "0001.json",
          "size": 93,
          "checksum": "546494b8"
        }
      ],
      "counters": [
        [
          "puts",
          1
        ]
      ],
      "files": []
    }
  },
  "state": {
    "after": 0,
    "clock": {
      "mode": "frozen",
      "rate": 0,
      "host": 1772442000000,
      "virtual": 1772442000000
    },
    "snapshot": {
      "folder": "state-000001",
      "parts": [],
      "counters": [
        [
          "puts",
          1
        ]
      ],
      "files": []
    }
  },
  "checksum": "a109e650"
}`,
  'manifest-000002.json': `{
  "format": "twintrack state",
  "version": 1,
  "generation": 2,
  "seed": {
    "id": "62c0865c-61f7-4a4a-8c43-c309008fa641",
    "worldSeed": "seed",
    "clock": {
      "mode": "frozen",
      "now": 1772442000000
    },
    "snapshot": {
      "folder": "seed-000001",
      "parts": [
        {
          "name": "0001.json",
          "size": 93,
          "checksum": "546494b8"
        }
      ],
      "counters": [
        [
          "puts",
          1
        ]
      ],
      "files": []
    }
  },
  "state": {
    "after": 1,
    "clock": {
      "mode": "frozen",
      "rate": 0,
      "host": 1772442000000,
      "virtual": 1772442000000
    },
    "snapshot": {
      "folder": "state-000002",
      "parts": [
        {
          "name": "0001.json",
          "size": 57,
          "checksum": "b4f308de"
        }
      ],
      "counters": [
        [
          "puts",
          2
        ]
      ],
      "files": []
    }
  },
  "checksum": "e1ac671d"
}`,
  'seed-000001/0001.json': `[
["test:A/B/notes",{"id":1,"text":"seed 1"}],
["test:A/B/notes",{"id":2,"text":"seed 2"}]
]
`,
  'state-000002/0001.json': `[
["test:A/B/notes",{"id":3,"text":"in the snapshot"}]
]
`,
  'worlds/000001-fork/files/805498d6040a264a2d7552fee89a47202d50829896874f574de99743a862e452': `an attachment`,
  'worlds/000001-fork/journal-000001.jsonl': `35:0d5219d0:{"journal":1,"after":0,"version":1}
92:7ae4a3bd:{"n":1,"entries":[["test:A/B/notes",{"id":5,"text":"in the fork"}]],"counters":[["puts",4]]}
`,
  'worlds/000001-fork/manifest-000001.json': `{
  "format": "twintrack state",
  "version": 1,
  "generation": 1,
  "seed": {
    "id": "c4cae33d-11e2-4660-923f-dad46c93a84f",
    "base": "62c0865c-61f7-4a4a-8c43-c309008fa641",
    "worldSeed": "seed",
    "clock": {
      "mode": "frozen",
      "now": 1772442000000
    },
    "snapshot": {
      "folder": "seed-000001",
      "parts": [
        {
          "name": "0001.json",
          "size": 223,
          "checksum": "fb8ff5eb"
        }
      ],
      "counters": [
        [
          "puts",
          3
        ]
      ],
      "files": [
        "805498d6040a264a2d7552fee89a47202d50829896874f574de99743a862e452"
      ]
    }
  },
  "state": {
    "after": 0,
    "clock": {
      "mode": "frozen",
      "rate": 0,
      "host": 1772442000000,
      "virtual": 1772442000000
    },
    "snapshot": {
      "folder": "state-000001",
      "parts": [],
      "counters": [
        [
          "puts",
          3
        ]
      ],
      "files": []
    }
  },
  "checksum": "524b6e7a"
}`,
  'worlds/000001-fork/seed-000001/0001.json': `[
["test:A/B/notes",{"id":3,"text":"in the snapshot"}],
["test:A/B/notes",{"id":4,"text":"in the journal","extra":{"file":"~f805498d6040a264a2d7552fee89a47202d50829896874f574de99743a862e452:13","none":"~","big":"~n12"}}]
]
`,
  'worlds/000001-fork/world.json': `{
  "name": "fork",
  "madeAt": 1772442000000
}`,
};

/** Writes that folder. */
export function writeFolderOfFormat1(folder: string): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
