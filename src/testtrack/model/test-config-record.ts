/** A test configuration: the computer that something was tested on. `CSystem` on the wire. */
export interface TestConfigRecord {
  readonly recordId: number;
  readonly name: string;
  readonly computerModel: string;
  readonly computerBrand: string;
  readonly cpuType: string;
  readonly cpuSpeed: string;
  readonly hardDiskType: string;
  readonly hardDiskSize: string;
  readonly ramSize: string;
  readonly romSize: string;
  readonly osName: string;
  readonly osVersion: string;
  readonly videoName: string;
  readonly hasCdRom: boolean;
  readonly cdRomModel: string;
  readonly hasScanner: boolean;
  readonly scannerModel: string;
  readonly hasModem: boolean;
  readonly modemModel: string;
  readonly hasPrinter: boolean;
  readonly printerModel: string;
  readonly otherHardware: string;
  readonly hasMultipleMonitors: boolean;
}
