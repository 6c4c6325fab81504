# Webconnex, "Verifying Signatures": its Ruby example, on a bare socket because Ruby 3 has no HTTP server of its own.
require 'openssl'
require 'socket'

def valid?(headers, data)
  key = ENV.fetch('SIGNING_SECRET')
  digest = OpenSSL::Digest.new('sha256')
  signature = OpenSSL::HMAC.hexdigest(digest, key, data)
  headers['x-webconnex-signature'] == signature
end

def answer(socket)
  socket.gets
  headers = {}
  while (line = socket.gets("\r\n", chomp: true)) && !line.empty?
    name, value = line.split(': ', 2)
    headers[name.downcase] = value
  end
  status = valid?(headers, socket.read(headers['content-length'].to_i)) ? '200 OK' : '401 Unauthorized'
  socket.write("HTTP/1.1 #{status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
  socket.close
end

server = TCPServer.new('127.0.0.1', 0)
Thread.new { loop { answer(server.accept) } }.abort_on_exception = true
$stdout.puts(server.addr[1])
$stdout.flush
$stdin.read
