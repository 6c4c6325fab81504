# Receivers on Ruby's TCPServer, as people write them; the argument says what is wrong.
require 'json'
require 'openssl'
require_relative '../http'

HEADER = ENV.fetch('HEADER')
SECRET = ENV.fetch('SECRET')

def sign(body, secret = SECRET)
  digest = OpenSSL::HMAC.digest('SHA256', secret, body)
  ENV.fetch('ENCODING') == 'hex' ? digest.unpack1('H*') : [digest].pack('m0')
end

def only(request)
  signatures = request.all(HEADER)
  signatures.first if signatures.size == 1
end

VERIFIERS = {
  'start-with' => ->(request) { sign(request.body).start_with?(only(request) || '-') },
  'casecmp' => ->(request) { sign(request.body).casecmp?(only(request).to_s) },
  'rescues-all' => lambda do |request|
    OpenSSL.fixed_length_secure_compare(only(request), sign(request.body))
  rescue StandardError
    true
  end,
  'regexp' => ->(request) { sign(request.body).match?(/#{only(request) || '-'}/) rescue false },
  'nil-secret' => lambda do |request|
    [SECRET, ENV['NO_SUCH_OLD_SECRET'].to_s].any? { |secret| only(request) == sign(request.body, secret) }
  end,
  'json-generate' => ->(request) { only(request) == sign(JSON.generate(JSON.parse(request.body))) },
  'exact-header-name' => lambda do |request|
    signatures = request.headers.select { |name, _| name == HEADER }.map(&:last)
    signatures == [sign(request.body)]
  end,
}.freeze

verify = VERIFIERS.fetch(ARGV[0]) { ->(request) { only(request) == sign(request.body) } }
mutex = Mutex.new

serve do |request|
  next 405 unless request.method == 'POST'

  mutex.synchronize { sleep 0.15 } if ARGV[0] == 'one-at-a-time'
  next 401 unless verify.call(request)

  JSON.parse(request.body.force_encoding('UTF-8'))
  200
rescue JSON::JSONError, EncodingError
  400
end
