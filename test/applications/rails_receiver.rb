# frozen_string_literal: true

# A Rails application in one file: verifies each delivery by the provider's documented recipe and reads fields deep in it; a missing one is a 500.
require 'rails'
require 'action_controller/railtie'
require 'openssl'
require 'logger'
require 'webrick'
require 'rack/handler/webrick'

class ReceiverApplication < Rails::Application
  config.eager_load = false
  config.secret_key_base = 'not used'
  config.hosts.clear
  config.logger = Logger.new($stderr)
  config.log_level = :error
  config.consider_all_requests_local = false
  routes.append { post '/:provider', to: 'deliveries#create' }
end

class DeliveriesController < ActionController::API
  # Topics of orders whose body is no order.
  NO_ORDERS = %w[orders/delete orders/edited orders/risk_assessment_changed orders/shopify_protect_eligibility_changed].freeze

  rescue_from(ActionController::ParameterMissing) { |error| render plain: error.message, status: 500 }

  def create
    return head :unauthorized unless send("genuine_#{params[:provider]}?")

    send("read_#{params[:provider]}", JSON.parse(request.raw_post))
    head :ok
  end

  private

  def secret = ENV.fetch("#{params[:provider].upcase}_SECRET")

  def hex(content) = OpenSSL::HMAC.hexdigest('SHA256', secret, content)

  def same?(one, other) = ActiveSupport::SecurityUtils.secure_compare(one, other.to_s)

  def genuine_shopify?
    same?(Base64.strict_encode64(OpenSSL::HMAC.digest('SHA256', secret, request.raw_post)), request.headers['X-Shopify-Hmac-Sha256'])
  end

  def genuine_stripe?
    parts = request.headers['Stripe-Signature'].split(',').to_h { |part| part.split('=', 2) }
    same?(hex("#{parts['t']}.#{request.raw_post}"), parts['v1'])
  end

  def genuine_github? = same?("sha256=#{hex(request.raw_post)}", request.headers['X-Hub-Signature-256'])

  def genuine_scalev?
    same?(Base64.strict_encode64(OpenSSL::HMAC.digest('SHA256', secret, request.raw_post)), request.headers['X-Scalev-Hmac-Sha256'])
  end

  def read_shopify(event)
    topic = request.headers['X-Shopify-Topic']
    if topic.start_with?('orders/') && !NO_ORDERS.include?(topic)
      event.fetch('line_items').sum { |line| BigDecimal(line.fetch('price')) * line.fetch('quantity') }
      event.fetch('billing_address').fetch('zip')
      Time.iso8601(event.fetch('created_at'))
    elsif topic.start_with?('products/') && topic != 'products/delete'
      event.fetch('variants').map { |variant| variant.fetch('inventory_item_id') + 0 }
    end
  end

  def read_stripe(event)
    Time.at(event.fetch('created'))
    thing = event.fetch('data').fetch('object')
    thing.fetch('object')
    thing.dig('lines', 'data')&.map { |line| line.fetch('amount') + 0 }
    thing.fetch('amount') + 0 if %w[charge payment_intent dispute].include?(thing['object'])
  end

  def read_github(event)
    return event.fetch('zen') if request.headers['X-GitHub-Event'] == 'ping'

    event.fetch('sender').fetch('id') + 0
    return unless request.headers['X-GitHub-Event'] == 'pull_request'

    # As the framework has parsed them.
    params.require(:pull_request).require(:head).require(:repo).require(:owner).require(:login)
  end

  def read_scalev(event)
    return if event.fetch('event') == 'business.test_event'

    event.fetch('unique_id')
    event.fetch('data').fetch('id')
  end
end

ReceiverApplication.initialize!
server = Rack::Handler::WEBrick
server.run(ReceiverApplication, Host: '127.0.0.1', Port: Integer(ENV.fetch('PORT')), AccessLog: [], Logger: WEBrick::Log.new($stderr, WEBrick::Log::ERROR))
