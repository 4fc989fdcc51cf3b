export default () => globalThis.twin.close();
