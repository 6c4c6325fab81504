require 'json'
require 'open3'
require 'puma'
require_relative '../app'

RSpec.describe 'webhooks' do
  secret = 'only-for-these-tests'

  def command(*args) = ['npx', 'webhook-sim', *args, '--json', '-q']

  # Runs webhook-sim, and gives its exit code and its lines of JSON: one for each delivery, the summary last.
  define_method(:webhook_sim) do |*args|
    output, status = Open3.capture2({ 'GITHUB_WEBHOOK_SECRET' => secret }, *command(*args))
    [status.exitstatus, output.lines.map { |line| JSON.parse(line) }]
  end

  before(:all) do
    App.set :secret, secret
    @server = Puma::Server.new(App.new)
    @url = "http://127.0.0.1:#{@server.add_tcp_listener('127.0.0.1', 0).addr[1]}/webhooks/github"
    @server.run
  end
  after(:all) { @server.stop(true) }
  before { App.start_over }

  it 'keeps a pull request once' do
    code, lines = webhook_sim('send', 'github', 'pull_request.opened', '--to', @url,
                              '--set', 'pull_request.title=Faster', '--duplicate', '2')
    expect(code).to eq 0
    expect(lines.first(2).map { |line| line['outcome'] }).to eq %w[accepted accepted]
    expect(App.opened).to eq ['Faster']
  end

  it 'rejects a forgery' do
    code, lines = webhook_sim('send', 'github', 'pull_request.opened', '--to', @url, '--forge', 'tampered-body')
    expect([code, lines[0]['attempts'].last['status']]).to eq [0, 401]
    expect(App.opened).to be_empty
  end

  it 'is safe' do
    code, lines = webhook_sim('check', 'github', '--to', @url, '--report', 'junit=webhooks.xml')
    expect([code, *lines.last.values_at('grade', 'findings')]).to eq [0, 'A', []]
  end

  it 'sends what a subscriber can verify' do
    secret = 'whsec_b25seS1mb3ItdGhlc2UtdGVzdHM='
    args = ['listen', 'standard-webhooks', '--port', '0', '--until', 'deploy.finished', '--secret', secret]
    IO.popen(command(*args)) do |listener|
      url = JSON.parse(listener.gets)['url']
      expect(notify(url, secret, { type: 'deploy.finished', data: { id: 7 } })).to eq 200
      expect(JSON.parse(listener.gets)['verdict']).to eq 'genuine'
      listener.read
    end
    expect($?.exitstatus).to eq 0
  end
end
