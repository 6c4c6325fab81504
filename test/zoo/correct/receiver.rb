# A correct receiver on Ruby's TCPServer.
require 'json'
require 'openssl'
require_relative '../http'

LIMIT = 2 * 1024 * 1024

def sign(body)
  digest = OpenSSL::HMAC.digest('SHA256', ENV.fetch('SECRET'), body)
  ENV.fetch('ENCODING') == 'hex' ? digest.unpack1('H*') : [digest].pack('m0')
end

def signed?(request)
  signatures = request.all(ENV.fetch('HEADER'))
  expected = sign(request.body)
  signatures.size == 1 && signatures[0].bytesize == expected.bytesize &&
    OpenSSL.fixed_length_secure_compare(signatures[0], expected)
end

serve do |request|
  next 405 unless request.method == 'POST'
  next 413 if request.body.bytesize > LIMIT
  next 401 unless signed?(request)

  JSON.parse(request.body.force_encoding('UTF-8'))
  200
rescue JSON::ParserError, EncodingError
  400
end
