# Receives webhooks of GitHub, and sends its own as Standard Webhooks.
require 'json'
require 'net/http'
require 'openssl'
require 'securerandom'
require 'sinatra/base'

class App < Sinatra::Base
  disable :protection, :show_exceptions, :logging

  # In production: tables, and the id of a delivery unique.
  def self.start_over
    set :deliveries, {}
    set :opened, []
  end
  start_over

  LOCK = Mutex.new

  post '/webhooks/github' do
    body = request.body.read
    # The signature is over the bytes as they came: parse them only after it is verified.
    expected = "sha256=#{OpenSSL::HMAC.hexdigest('SHA256', settings.secret, body)}"
    halt 401 unless OpenSSL.secure_compare(request.get_header('HTTP_X_HUB_SIGNATURE_256').to_s, expected)
    delivery = request.get_header('HTTP_X_GITHUB_DELIVERY')
    payload = parse(body)
    halt 400 unless delivery && payload.is_a?(Hash)
    LOCK.synchronize do
      unless settings.deliveries.key?(delivery)
        settings.deliveries[delivery] = true
        settings.opened << payload['pull_request']['title'] if event == 'pull_request' && payload['action'] == 'opened'
      end
    end
    204
  end

  private

  def event = request.get_header('HTTP_X_GITHUB_EVENT')

  def parse(body)
    JSON.parse(body.force_encoding('UTF-8'))
  rescue JSON::ParserError, EncodingError, SystemStackError
    nil
  end
end

# Sends an event to a subscriber, whose secret begins with whsec_.
def notify(url, secret, event)
  id, now, body = "msg_#{SecureRandom.hex(12)}", Time.now.to_i.to_s, JSON.generate(event)
  key = secret.delete_prefix('whsec_').unpack1('m')
  signature = [OpenSSL::HMAC.digest('SHA256', key, "#{id}.#{now}.#{body}")].pack('m0')
  headers = { 'Content-Type' => 'application/json', 'webhook-id' => id, 'webhook-timestamp' => now,
              'webhook-signature' => "v1,#{signature}" }
  Net::HTTP.post(URI(url), body, headers).code.to_i
end
