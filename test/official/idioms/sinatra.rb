# Shopify on Sinatra: request.env has the headers, request.body the bytes.
require 'json'
require 'openssl'
require 'sinatra/base'
require 'socket'

class Receiver < Sinatra::Base
  set :secret, JSON.parse(ENV.fetch('SETTINGS'))['secret']
  set :environment, :production
  set :logging, false

  post '/webhook' do
    request.body.rewind
    digest = OpenSSL::HMAC.digest('SHA256', settings.secret, request.body.read)
    halt 401 unless Rack::Utils.secure_compare([digest].pack('m0'), request.env['HTTP_X_SHOPIFY_HMAC_SHA256'].to_s)
    status 200
  end
end

port = TCPServer.open('127.0.0.1', 0) { |socket| socket.addr[1] }
Thread.new { $stdin.read; exit! }
Receiver.run!(port:, bind: '127.0.0.1', quiet: true) { $stdout.puts(port); $stdout.flush }
