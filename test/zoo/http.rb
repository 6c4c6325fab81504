# HTTP on a bare socket, because Ruby 3 has no server of its own: as much of it as a receiver needs.
require 'socket'

Request = Struct.new(:method, :headers, :body) do
  # Every value of a header, whatever the letter case of its name.
  def all(name)
    headers.select { |key, _| key.casecmp?(name) }.map(&:last)
  end
end

def read_chunked(socket)
  body = ''.b
  until (size = socket.gets.to_i(16)).zero?
    body << socket.read(size)
    socket.gets
  end
  socket.gets
  body
end

def read_request(socket)
  method = socket.gets.to_s.split.first
  headers = []
  while (line = socket.gets("\r\n", chomp: true)) && !line.empty?
    headers << line.split(/:\s*/, 2)
  end
  request = Request.new(method, headers, nil)
  chunked = request.all('Transfer-Encoding').any? { |value| value.casecmp?('chunked') }
  request.body = chunked ? read_chunked(socket) : socket.read(request.all('Content-Length').first.to_i)
  request
end

def write_answer(socket, status, *headers)
  return if status.nil?

  lines = ["HTTP/1.1 #{status} -", 'Content-Length: 0', 'Connection: close', *headers]
  socket.write("#{lines.join("\r\n")}\r\n\r\n")
end

def judge(request)
  yield(request)
rescue StandardError, SystemStackError
  500
end

# Answers each request with the status that the block returns, or with a list of it and headers, and 500 where it raises; nil closes the
# connection. Ends with its standard input.
def serve(&block)
  server = TCPServer.new('127.0.0.1', 0)
  server.listen(64)
  Thread.new do
    loop do
      Thread.new(server.accept) do |socket|
        write_answer(socket, *judge(read_request(socket), &block))
      rescue SystemCallError, IOError
        nil
      ensure
        socket.close
      end
    end
  end
  $stdout.puts(server.addr[1])
  $stdout.flush
  $stdin.read
end
