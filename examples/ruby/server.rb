# Receives the webhooks of Webconnex with Ruby's standard library: a bare socket, for Ruby 3 has no HTTP server of its own.
require 'json'
require 'openssl'
require 'socket'

SECRET = ENV.fetch('WEBCONNEX_SIGNING_SECRET', '')
abort 'Set WEBCONNEX_SIGNING_SECRET to the secret that you share with Webconnex.' if SECRET.empty?

LIMIT = 2 * 1024 * 1024
REASONS = { 200 => 'OK', 400 => 'Bad Request', 401 => 'Unauthorized', 404 => 'Not Found', 405 => 'Method Not Allowed',
            413 => 'Content Too Large' }.freeze

class TooLarge < StandardError; end

# What came, by its signature, which a resend keeps. In production: a table whose id is unique, shared by all processes.
$received = {}
$lock = Mutex.new

Request = Struct.new(:method, :path, :headers, :body) do
  # Every value of a header, whatever the letter case of its name.
  def all(name) = headers.select { |key, _| key.casecmp?(name) }.map(&:last)
end

def read_part(socket, size, before = 0)
  raise TooLarge if size.negative? || before + size > LIMIT

  socket.read(size)
end

def read_chunked(socket)
  body = ''.b
  until (size = socket.gets("\n", 100).to_i(16)).zero?
    body << read_part(socket, size, body.bytesize)
    socket.gets("\n", 100)
  end
  socket.gets("\n", 100)
  body
end

def read_request(socket)
  method, path = socket.gets("\n", 8192).to_s.split
  headers = []
  while (line = socket.gets("\n", 8192)&.chomp) && !line.empty? && headers.size < 100
    headers << line.split(/:\s*/, 2)
  end
  request = Request.new(method, path, headers)
  chunked = request.all('Transfer-Encoding').any? { |value| value.casecmp?('chunked') }
  request.body = chunked ? read_chunked(socket) : read_part(socket, request.all('Content-Length').first.to_i)
  request
end

def judge(request)
  return 404 unless request.path == '/webhooks/webconnex'
  return 405 unless request.method == 'POST'

  # The signature is over the bytes as they came: parse them only after it is verified.
  signature = OpenSSL::HMAC.hexdigest('SHA256', SECRET, request.body)
  given = request.all('X-Webconnex-Signature')
  return 401 unless given.size == 1 && OpenSSL.secure_compare(given[0], signature)

  event = JSON.parse(request.body.force_encoding('UTF-8'))
  duplicate = $lock.synchronize { $received.key?(signature).tap { |there| $received[signature] = event unless there } }
  # Keep the event, answer, and work on it later: the provider waits a few seconds at most.
  [200, { received: true, duplicate: duplicate, receipt: signature[0, 12] }]
rescue JSON::ParserError, EncodingError, SystemStackError
  400
end

def answer(socket)
  status, content = judge(read_request(socket))
  write(socket, status, content || { error: REASONS[status] })
rescue TooLarge
  write(socket, 413, { error: REASONS[413] })
end

def write(socket, status, content)
  text = JSON.generate(content)
  socket.write("HTTP/1.1 #{status} #{REASONS[status]}\r\nContent-Type: application/json\r\n" \
               "Content-Length: #{text.bytesize}\r\nConnection: close\r\n\r\n#{text}")
end

server = TCPServer.new('127.0.0.1', ENV.fetch('PORT', 3000).to_i)
server.listen(64)
trap('TERM') { exit }
loop do
  Thread.new(server.accept) do |socket|
    answer(socket)
  rescue SystemCallError, IOError
    nil # The connection was lost.
  ensure
    socket.close
  end
end
