# The story of the interop suite, told with soap4r (ruby-soap4r) and the classes that it generates from the WSDL.
# Values that the generated classes do not type (results, file contents) come as texts.
# Prints one JSON object a line for what it saw.
require 'base64'
require 'date'
require 'digest'
require 'json'
require 'logger'
require 'net/http'
require 'tmpdir'
require 'wsdl/soap/wsdl2ruby'

$stdout.sync = true
ORIGIN = ARGV.fetch(0)
WANTED = JSON.parse($stdin.read)
EVERY_BYTE = (0..255).to_a.pack('C*')

# Its command line tool does not start with this Ruby (Logger::Application is gone), what is behind it does.
def generate_classes(folder)
  File.binwrite("#{folder}/tt.wsdl", Net::HTTP.get(URI("#{ORIGIN}/ttsoapcgi.wsdl")))
  generator = WSDL::SOAP::WSDL2Ruby.new
  generator.location = "#{folder}/tt.wsdl"
  generator.basedir = folder
  generator.logger = Logger.new($stderr, level: Logger::WARN)
  generator.opt.update('classdef' => nil, 'mapping_registry' => nil, 'driver' => nil, 'module_path' => 'TT')
  generator.run
  $LOAD_PATH.unshift(folder)
  require 'ttsoapcgiDriver'
end

def say(step, **what)
  puts JSON.generate({ step: step, **what })
end

def fault(step)
  yield
  say(step, text: nil, detail: nil)
rescue SOAP::FaultError => error
  say(step, text: error.faultstring.data, detail: error.detail.to_s)
end

# An empty list comes as an object without members.
def items(list)
  list.is_a?(Array) ? list.to_a : []
end

def moment(value)
  value.new_offset(0).strftime('%Y-%m-%dT%H:%M:%SZ')
end

def plain(field)
  type = field.class.name.split('::').last
  value =
    case type
    when 'CMultiSelectDropdownField' then items(field.values).map(&:value)
    when 'CTimespanField' then { value: field.value, unit: field.unit }
    when 'CDateField' then field.value.strftime('%Y-%m-%d')
    when 'CDateTimeField' then moment(field.value)
    else field.value
    end
  { type: type, value: value }
end

def shown(defect)
  report = defect.reportedbylist[0]
  {
    recordid: defect.recordid,
    number: defect.defectnumber,
    summary: defect.summary,
    priority: defect.priority,
    workaround: defect.workaround,
    description: report.comments,
    entered: defect.dateentered.strftime('%Y-%m-%d'),
    created: moment(defect.datetimecreated),
    files: items(report.attachmentlist).map(&:m_strFileName),
    events: items(defect.eventlist).map { |each| [each.name, each.notes, moment(each.date)] },
    fields: items(defect.customFieldList).to_h { |each| [each.name, plain(each)] }
  }
end

def list(call, cookie, table, names)
  columns = TT::ArrayOfCTableColumn.new(names.map { |each| TT::CTableColumn.new(each) })
  found = call.getRecordListForTable(cookie, table, '', columns)
  rows = items(found.records).map { |each| items(each.row).map(&:value) }
  { columns: items(found.columnlist).map(&:name), rows: rows }
end

def change(defect)
  defect.summary = WANTED['summary']
  defect.workaround = WANTED['workaround']
  defect.customFieldList.each { |field| change_field(field, WANTED['fields'][field.name]) }
  event = TT::CEvent.new(0)
  event.name = 'Comment'
  event.date = DateTime.new(2026, 3, 2, 14, 30, 0)
  event.notes = WANTED['notes']
  event.eventaddorder = 1
  defect.eventlist << event
  attach(defect, WANTED['file'], EVERY_BYTE * 4)
end

def change_field(field, value)
  case field
  when TT::CMultiSelectDropdownField
    field.values = TT::ArrayOfCFieldValue.new(value.map { |each| TT::CFieldValue.new(each) })
  when TT::CTimespanField
    field.value = value['value']
    field.unit = value['unit']
  when TT::CDateField then field.value = Date.parse(value)
  when TT::CDateTimeField then field.value = DateTime.parse(value)
  else field.value = value
  end
end

def attach(defect, name, content)
  unless defect.reportedbylist.is_a?(Array)
    report = TT::CReportedByRecord.new(0)
    report.showorder = 1
    defect.reportedbylist = TT::ArrayOfCReportedByRecord.new([report])
  end
  file = TT::CFileAttachment.new
  file.m_recordid = 0
  file.m_strFileName = name
  file.m_pFileData = content
  report = defect.reportedbylist[0]
  report.attachmentlist = TT::ArrayOfCFileAttachment.new(items(report.attachmentlist) + [file])
end

# Without a type on the element, the text of the content is taken for the content and encoded once more.
def digest(call, cookie, defect)
  entry = defect.reportedbylist[0].attachmentlist.to_a.last
  got = call.getAttachment(cookie, 'Defect', defect.recordid, 0, entry.m_strArchiveName)
  content = Base64.decode64(Base64.decode64(got.m_pFileData))
  { name: got.m_strFileName, size: content.bytesize, sha256: Digest::SHA256.hexdigest(content) }
end

def advance(by)
  answer = Net::HTTP.post(URI("#{ORIGIN}/__admin/clock/advance"), JSON.generate({ by: by }), 'Content-Type' => 'application/json')
  raise answer.body unless answer.is_a?(Net::HTTPSuccess)
end

def tell
  call = TT::TtsoapcgiPortType.new("#{ORIGIN}/cgi-bin/ttsoapcgi.exe")
  get = ->(cookie, number) { call.getDefect(cookie, number, '', false) }
  edit = ->(cookie, number) { call.editDefect(cookie, number, '', false) }

  say('client', version: Gem.loaded_specs['soap4r-ruby1.9']&.version.to_s)
  projects = call.getProjectList('username', 'password')
  say('projects', names: projects.map { |each| each.database.name })
  cookie = call.projectLogon(projects[0], 'username', 'password')
  say('logon', positive: cookie.to_i.positive?)

  say('get', defect: shown(get[cookie, 11]))

  say('list', **list(call, cookie, 'Defect', ['Record ID', 'Number', 'Summary', 'Status']))
  say('empty list', rows: list(call, cookie, 'Test Case', ['Number'])[:rows])

  defect = edit[cookie, 11]
  defect.priority = 'Immediate'
  say('save unchanged', result: call.saveDefect(cookie, defect).to_i)
  say('get unchanged', defect: shown(get[cookie, 11]))

  defect = edit[cookie, 11]
  change(defect)
  say('save changed', result: call.saveDefect(cookie, defect).to_i)
  defect = get[cookie, 11]
  say('get changed', defect: shown(defect))
  say('attachment', **digest(call, cookie, defect))

  defect = edit[cookie, 12]
  attach(defect, 'big.bin', EVERY_BYTE * 20_480)
  call.saveDefect(cookie, defect)
  say('big attachment', **digest(call, cookie, get[cookie, 12]))

  fault('absent') { get[cookie, 99] }

  other = call.projectLogon(projects[0], 'lake', 'water')
  edit[cookie, 11]
  fault('locked') { edit[other, 11] }
  say('cancel', result: call.cancelSaveDefect(cookie, 311).to_i)
  say('free after cancel', number: edit[other, 11].defectnumber)
  call.cancelSaveDefect(other, 311)

  late = edit[cookie, 11]
  advance('14m59s999ms')
  fault('still locked') { edit[other, 11] }
  advance('1ms')
  say('free after 15 minutes', number: edit[other, 11].defectnumber)
  fault('late save') { call.saveDefect(cookie, late) }

  call.databaseLogoff(other)
  say('logoff', result: call.databaseLogoff(cookie).to_i)
  fault('dropped') { get[cookie, 11] }
end

Dir.mktmpdir('twintrack-soap4r-') do |folder|
  generate_classes(folder)
  tell
end
