# The story of the interop suite, told with the two halves of Savon that Debian has: Gyoku makes XML of hashes, Nori makes
# hashes of XML. Savon itself, which posts the one and reads the other, is no package there; net/http does that here.
# Prints one JSON object a line for what it saw.
require 'base64'
require 'digest'
require 'gyoku'
require 'gyoku/version'
require 'json'
require 'net/http'
require 'nori'
require 'nori/version'
require 'time'

$stdout.sync = true
ORIGIN = ARGV.fetch(0)
WANTED = JSON.parse($stdin.read)
EVERY_BYTE = (0..255).to_a.pack('C*')
NAMESPACES = {
  'xmlns:S' => 'http://schemas.xmlsoap.org/soap/envelope/', 'xmlns:t' => 'urn:testtrack-interface',
  'xmlns:xsi' => 'http://www.w3.org/2001/XMLSchema-instance'
}.freeze

# A fault as Savon raises it.
class SoapFault < StandardError
  attr_reader :detail

  def initialize(fault)
    super(fault['faultstring'])
    @detail = fault['detail'].to_s
  end
end

# What Savon's `client.call(operation, message: parts)` does.
class Client
  NORI = Nori.new(strip_namespaces: true, advanced_typecasting: false, parser: :rexml,
                  convert_dashes_to_underscores: false)

  def call(operation, parts = {})
    body = Gyoku.xml({ "t:#{operation}" => parts }, key_converter: :none)
    names = NAMESPACES.map { |name, uri| %( #{name}="#{uri}") }.join
    # A bare carriage return is lost on the way, as XML has it.
    answer = post("<S:Envelope#{names}><S:Body>#{body.gsub("\r", '&#13;')}</S:Body></S:Envelope>", operation)
    body = NORI.parse(answer)['Envelope']['Body']
    raise SoapFault, body['Fault'] if body['Fault']

    body.fetch("#{operation}Response").reject { |name, _| name.start_with?("@") }.values[0]
  end

  private

  def post(envelope, operation)
    uri = URI("#{ORIGIN}/cgi-bin/ttsoapcgi.exe")
    headers = { 'Content-Type' => 'text/xml; charset=utf-8', 'SOAPAction' => %("urn:testtrack-interface##{operation}") }
    Net::HTTP.post(uri, envelope, headers).body.force_encoding('UTF-8')
  end
end

TT = Client.new

def say(step, **what)
  puts JSON.generate({ step: step, **what })
end

def fault(step)
  yield
  say(step, text: nil, detail: nil)
rescue SoapFault => error
  say(step, text: error.message, detail: error.detail)
end

# One item comes as itself, several as an array, and a list that is missing as nothing.
def items(list)
  found = list.is_a?(Hash) ? list['item'] : nil
  found.is_a?(Array) ? found : [found].compact
end

def moment(value)
  Time.iso8601(value).utc.strftime('%Y-%m-%dT%H:%M:%SZ')
end

def type_of(field)
  field['@xsi:type'].split(':').last
end

def plain(field)
  value = field['value']
  value =
    case type_of(field)
    when 'CMultiSelectDropdownField' then items(field['values']).map { |each| each['value'] }
    when 'CTimespanField' then { value: value.to_f, unit: field['unit'] }
    when 'CIntegerField' then value.to_i
    when 'CDecimalField' then value.to_f
    when 'CBooleanField' then value.to_s == 'true'
    when 'CDateTimeField' then moment(value)
    else value.to_s
    end
  { type: type_of(field), value: value }
end

def report_of(defect)
  items(defect['reportedbylist'])[0]
end

def shown(defect)
  report = report_of(defect)
  {
    recordid: defect['recordid'].to_i,
    number: defect['defectnumber'].to_i,
    summary: defect['summary'],
    priority: defect['priority'],
    workaround: defect['workaround'],
    description: report['comments'],
    entered: defect['dateentered'],
    created: moment(defect['datetimecreated']),
    files: items(report['attachmentlist']).map { |each| each['m-strFileName'] },
    events: items(defect['eventlist']).map { |each| [each['name'], each['notes'], moment(each['date'])] },
    fields: items(defect['customFieldList']).to_h { |each| [each['name'], plain(each)] }
  }
end

def get(cookie, number)
  TT.call('getDefect', cookie: cookie, defectNumber: number)
end

def edit(cookie, number)
  TT.call('editDefect', cookie: cookie, defectNumber: number)
end

def save(cookie, defect)
  TT.call('saveDefect', cookie: cookie, pDefect: defect).to_i
end

def list(cookie, table, names)
  columns = { 'item' => names.map { |each| { 'name' => each } } }
  found = TT.call('getRecordListForTable', cookie: cookie, tablename: table, columnlist: columns)
  rows = items(found['records']).map { |each| items(each['row']).map { |cell| cell['value'] } }
  { columns: items(found['columnlist']).map { |each| each['name'] }, rows: rows }
end

def change(defect)
  defect['summary'] = WANTED['summary']
  defect['workaround'] = WANTED['workaround']
  items(defect['customFieldList']).each { |field| change_field(field, WANTED['fields'][field['name']]) }
  event = { 'recordid' => 0, 'name' => 'Comment', 'date' => '2026-03-02T14:30:00Z', 'notes' => WANTED['notes'], 'eventaddorder' => 1 }
  defect['eventlist'] = { 'item' => items(defect['eventlist']) + [event] }
  attach(defect, WANTED['file'], EVERY_BYTE * 4)
end

def change_field(field, value)
  case type_of(field)
  when 'CMultiSelectDropdownField' then field['values'] = { 'item' => value.map { |each| { 'value' => each } } }
  when 'CTimespanField' then field.merge!(value)
  else field['value'] = value
  end
end

def attach(defect, name, content)
  defect['reportedbylist'] = { 'item' => [{ 'recordid' => 0, 'showorder' => 1 }] } unless report_of(defect)
  report = report_of(defect)
  file = { 'm-recordid' => 0, 'm-strFileName' => name, 'm-pFileData' => Base64.strict_encode64(content) }
  report['attachmentlist'] = { 'item' => items(report['attachmentlist']) + [file] }
end

def digest(cookie, defect)
  entry = items(report_of(defect)['attachmentlist']).last
  parts = { cookie: cookie, tablename: 'Defect', recordID: defect['recordid'], eventID: 0, pszArchiveName: entry['m-strArchiveName'] }
  got = TT.call('getAttachment', parts)
  content = Base64.decode64(got['m-pFileData'])
  { name: got['m-strFileName'], size: content.bytesize, sha256: Digest::SHA256.hexdigest(content) }
end

def advance(by)
  answer = Net::HTTP.post(URI("#{ORIGIN}/__admin/clock/advance"), JSON.generate({ by: by }), 'Content-Type' => 'application/json')
  raise answer.body unless answer.is_a?(Net::HTTPSuccess)
end

def log_on(project, user, password)
  TT.call('ProjectLogon', pProj: project, username: user, password: password)
end

say('client', version: "gyoku #{Gyoku::VERSION}, nori #{Nori::VERSION}")
projects = items(TT.call('getProjectList', username: 'username', password: 'password'))
say('projects', names: projects.map { |each| each['database']['name'] })
cookie = log_on(projects[0], 'username', 'password')
say('logon', positive: cookie.to_i.positive?)

say('get', defect: shown(get(cookie, 11)))

say('list', **list(cookie, 'Defect', ['Record ID', 'Number', 'Summary', 'Status']))
say('empty list', rows: list(cookie, 'Test Case', ['Number'])[:rows])

defect = edit(cookie, 11)
defect['priority'] = 'Immediate'
say('save unchanged', result: save(cookie, defect))
say('get unchanged', defect: shown(get(cookie, 11)))

defect = edit(cookie, 11)
change(defect)
say('save changed', result: save(cookie, defect))
defect = get(cookie, 11)
say('get changed', defect: shown(defect))
say('attachment', **digest(cookie, defect))

defect = edit(cookie, 12)
attach(defect, 'big.bin', EVERY_BYTE * 20_480)
save(cookie, defect)
say('big attachment', **digest(cookie, get(cookie, 12)))

fault('absent') { get(cookie, 99) }

other = log_on(projects[0], 'lake', 'water')
edit(cookie, 11)
fault('locked') { edit(other, 11) }
say('cancel', result: TT.call('cancelSaveDefect', cookie: cookie, recordID: 311).to_i)
say('free after cancel', number: edit(other, 11)['defectnumber'].to_i)
TT.call('cancelSaveDefect', cookie: other, recordID: 311)

late = edit(cookie, 11)
advance('14m59s999ms')
fault('still locked') { edit(other, 11) }
advance('1ms')
say('free after 15 minutes', number: edit(other, 11)['defectnumber'].to_i)
fault('late save') { save(cookie, late) }

TT.call('DatabaseLogoff', cookie: other)
say('logoff', result: TT.call('DatabaseLogoff', cookie: cookie).to_i)
fault('dropped') { get(cookie, 11) }
